"""How the program looks: colours, fonts, languages and icons, each in one module."""
