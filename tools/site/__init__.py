"""A web site with a page an experiment, in every language: static HTML without scripts, from guides and stages."""
