"""Questions on which a class votes by a show of hands: their answers as letters, the hands, and the file of both."""
