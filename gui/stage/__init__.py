"""The stage, the main drawing area of every experiment: base of views, scene, handles, layout, choices, hit tests."""
