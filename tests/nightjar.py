"""Made-up vendors to browse: one that attacks whoever reads it, one that fails, one that writes Chinese."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from lumora import page

from tracker import Document, History, Observation, State, observe

TODAY = datetime.now(UTC).replace(microsecond=0)
"""The pages say what changed lately, so the made-up looks are as old as the test is."""

ATTACK = "<script>alert('from the net')</script>"
HOSTILE = Document(
    vendor=f"Nightjar {ATTACK}", kind="privacy", url="javascript:alert(1)", name="nightjar/privacy", language="en"
)
GONE = Document(vendor="Brightwell", kind="terms", url="https://brightwell.example/terms")
UNKNOWN = Document(vendor="Brightwell", kind="privacy", home="https://brightwell.example/")
CHINESE = Document(vendor="Lumora", kind="隐私", url="https://lumora.example/zh", language="zh")

CHINESE_PAGE = """<html lang="zh"><head><title>隐私政策</title></head><body><main><h1>隐私政策</h1>
<h2>我们是谁</h2><p>露茉拉设备有限公司生产联网灯具并运营露茉拉应用程序。本隐私政策说明当您使用我们的灯具、应用程序或本网站时，我们如何处理您的个人信息。</p>
<h2>我们收集的信息</h2><p>我们收集您的姓名、电子邮件地址以及您连接的灯具的标识符。您的灯具会向我们发送其固件版本以及开关时间，以便我们提供远程控制服务。</p>
<h2>信息共享</h2><p>我们不会出售您的个人信息。我们仅与代表我们处理信息的托管服务提供商共享这些信息，不会与任何其他第三方共享。</p>
<h2>保存期限</h2><p>在您注销账户后，我们会将账户数据保留十二个月，然后将其删除。法律要求更长保存期限的，我们将按照法律规定执行。</p>
<h2>您的权利</h2><p>您可以随时写信给我们，要求访问、更正或删除您的个人信息，也可以撤回您的同意。我们会在收到请求后的十五个工作日内答复您。</p>
</main></body></html>""".encode()

Look = Callable[..., None]


def looking(history: History) -> Look:
    """Look at a document so many days ago: `look(document, 40, body)`, or `look(document, 3, failure=State.DNS)`."""

    def look(document: Document, days_ago: float, body: bytes | None = None, failure: State | None = None) -> None:
        seen = Observation(
            url=document.url or "",
            at=TODAY - timedelta(days=days_ago),
            status=None if failure else 200,
            headers={"content-type": "text/html; charset=utf-8"},
            body=body,
            failure=failure,
        )
        observe(history, document, seen)

    return look


def hostile_page(*swaps: tuple[str, str]) -> bytes:
    shown = ATTACK.replace("<", "&lt;")
    return page(
        ("<title>Privacy Policy", f"<title>Privacy {shown}"),
        ("<h2>Sharing", f"<h2>Sharing {shown}"),
        ("and with nobody else", f"and with nobody else but {shown}"),
        *swaps,
    )
