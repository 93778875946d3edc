"""The law of ending employment in mainland China, as pure functions.

Every function takes its facts, figures and dates as arguments and answers with a frozen result: what comes out, the lines
that show how, and codes. A code is worded at the edge; its article and gate stand in `codes`. The spirit of the numbers:
exact until the line is done, then rounded once, half up, to the fen.
"""
