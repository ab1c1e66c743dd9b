"""The models of a workspace: stored, signed, tested, described, promoted."""
