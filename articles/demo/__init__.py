"""The demo newsroom, Tidelamp of Port Averil: all of it made up, words and pictures our own.

content/ holds it as TOML, one file an article (its README says how); loader.py brings it in
through the product's verbs.
"""

NEWSROOM_NAME = "Tidelamp"
