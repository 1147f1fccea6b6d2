#!/usr/bin/env python
import gc
import os
import sys

if __name__ == "__main__":
    # A command makes much that it keeps: looking for cycles often would take a tenth of its time.
    gc.set_threshold(50_000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kela_kunta.settings")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
