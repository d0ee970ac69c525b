"""Drafting an entry by hand: questions, answers, the file, and what it is near to."""
