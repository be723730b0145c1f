"""The experiments by chapter; the file, or the folder where one needs several files, is named like the id."""
