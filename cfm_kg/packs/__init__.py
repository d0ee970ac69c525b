"""Language packs: the words and rules of a language, which are data."""
