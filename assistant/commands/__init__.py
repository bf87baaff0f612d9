"""The commands of `policy-assistant`, one a module.

A command is a class with `name`, `help`, `add_arguments` and `run`. Those of this package are
listed in `registry.py`; other packages add theirs through the entry-point group
`policy_assistant.commands` (the page adds `serve`, the evaluations add `eval` and `bench`), so
that this layer does not import them.
"""
