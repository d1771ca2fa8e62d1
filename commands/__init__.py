"""The commands of ``cli.py``, one module a noun. Each holds a Typer ``app``; ``cli.py`` puts them together."""
