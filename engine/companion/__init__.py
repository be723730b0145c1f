"""The companion process, which plays runs so that the window's process stays responsive: it imports the engine, never
Qt.
"""
