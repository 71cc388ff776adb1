"""`python -m lrscope`."""

import sys

from ._cli import main

sys.exit(main())
