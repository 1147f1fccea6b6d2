"""The statistics as the PxWeb API tells them, versions 1 and 2, so that tools and libraries made for it read them.

Everybody may read here without login, and reads what may leave Kela (stats/queries/publishing.py).
"""
