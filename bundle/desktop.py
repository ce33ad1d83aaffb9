"""Where the bundled window starts."""

import sys
from multiprocessing import freeze_support

from relsim_desktop.__main__ import main

if __name__ == "__main__":
    freeze_support()
    sys.exit(main())
