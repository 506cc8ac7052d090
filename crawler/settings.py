"""Scrapy's settings. Every guard is on here, so that `scrapy crawl policies` is as careful as the daemon.

What the registry's [settings] table says (contact, delay, timeout, …) is laid over these by `crawler.crawling.complete`.
"""

BOT_NAME = "clausewatch"
USER_AGENT = "clausewatch"
ROBOTSTXT_USER_AGENT = "clausewatch"
SPIDER_MODULES = ["crawler.spiders"]

# Politeness. With a delay of 0, Scrapy 2.19 does not keep to the limit for each host.
CONCURRENT_REQUESTS = 32  # as many as crawler.claims.ROOM
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1  # of one answer: each brings one look; Scrapy starts as many tasks for every answer, needed or not
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0  # at least the delay, not about the delay
ROBOTSTXT_OBEY = True  # by crawler.guard.robots, below
RETRY_TIMES = 1
RETRY_HTTP_CODES = [500, 502, 504]  # not 429 and 503: those name a time to come back, see crawler.guard.limits.pause
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"

# Limits.
DOWNLOAD_TIMEOUT = 30.0  # of the whole answer: drips are cut off
DNS_TIMEOUT = 10
REACTOR_THREADPOOL_MAXSIZE = 64  # threads look names up, and with few of them, names that hang make others time out
DOWNLOAD_MAXSIZE = 5 * 1024 * 1024  # decompressed, too
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False  # a page that refreshes itself elsewhere is a finding, not a redirect
URLLENGTH_LIMIT = 0  # beyond it, Scrapy drops the request without a word, and the document waits for its look for ever
MEMUSAGE_LIMIT_MB = 1024

# What the network may not do to us.
TWISTED_DNS_RESOLVER = "crawler.guard.addresses.GuardedResolver"
ALLOW_NETWORKS: list[str] = []
RESOLVE: dict[str, str] = {}
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {
    "http": "crawler.guard.limits.PoliteHandler",
    "https": "crawler.guard.limits.PoliteHandler",
    **dict.fromkeys(("file", "data", "ftp", "s3")),
}
HTTPPROXY_ENABLED = False  # an http_proxy in the environment would choose the address in our place
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Every status is an observation.
HTTPERROR_ALLOW_ALL = True

# what does nothing for us, and would be asked about every request and every answer
_IDLE = (
    "offsite.OffsiteMiddleware",
    "robotstxt.RobotsTxtMiddleware",
    "httpauth.HttpAuthMiddleware",
    "redirect.MetaRefreshMiddleware",
    "cookies.CookiesMiddleware",
    "httpproxy.HttpProxyMiddleware",
    "httpcache.HttpCacheMiddleware",
)
DOWNLOADER_STATS = False
SPIDER_MIDDLEWARES = {
    f"scrapy.spidermiddlewares.{each}": None
    for each in (
        "httperror.HttpErrorMiddleware",
        "referer.RefererMiddleware",
        "urllength.UrlLengthMiddleware",
        "depth.DepthMiddleware",
        "metacopy.MetaCopyDetectionMiddleware",
    )
}
DOWNLOADER_MIDDLEWARES = {
    **dict.fromkeys(f"scrapy.downloadermiddlewares.{each}" for each in _IDLE),
    "crawler.guard.addresses.AddressGuard": 50,
    "crawler.guard.robots.RobotsGuard": 60,
    "crawler.guard.turns.TurnGuard": 100,  # also for robots.txt, which the page waits for
    "crawler.guard.headers.HopHeaders": 390,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.guard.limits.LimitedDecompression": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.guard.limits.LimitedRedirects": 600,
}
ITEM_PIPELINES = {"crawler.pipelines.RecordLooks": 500}

LOGSTATS_INTERVAL = 0
STATS_DUMP = False
LOG_LEVEL = "INFO"
