"""``python -m newsledger``: the command line."""

from newsledger.cli import main

if __name__ == "__main__":
    main()
