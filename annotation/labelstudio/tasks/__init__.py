"""The tasks of a project: asked for, uploaded, downloaded, and none of them twice."""
