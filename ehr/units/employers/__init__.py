"""The employers in law: entered, renamed, corrected and given their seal by who keeps them."""
