"""``python -m tui`` is ``postilla``."""

from tui.cli.main import main

if __name__ == "__main__":
    main()
