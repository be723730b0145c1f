"""The panels beside the stage: guide, working, code and data of any experiment."""
