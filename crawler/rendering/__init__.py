"""Pages that are empty until a browser has run their scripts.

The ordinary fetch comes first, always: robots.txt, redirects, refused addresses and errors are found out without a browser, and most
pages need none. Where a page says nothing without scripts, a browser goes to the address that the fetch ended at. It reaches the network
only through a filtering proxy of ours: what scripts and redirects ask for inside a browser passes no middleware of Scrapy.
"""

from crawler.rendering.browser import Browser, available

__all__ = ["Browser", "available"]
