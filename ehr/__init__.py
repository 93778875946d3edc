"""The kernel and the project: what every room of the house stands on. Imports no app."""
