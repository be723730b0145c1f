"""How the program looks: colours, type, languages and formulas, each in one place."""
