"""The stage, the main picture of every experiment: base of views, scene, handles, layout, choices, hit tests."""
