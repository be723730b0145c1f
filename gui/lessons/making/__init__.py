"""Where a lesson is made: its steps collected from the stage, words, questions and goals typed and tried."""
