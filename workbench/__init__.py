"""The core: types, errors, settings, prompts, citations and runs. Imports no other room."""
