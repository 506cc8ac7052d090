"""Pages of made-up sites, as the builders of the web make them, and where each one's own privacy policy is: (what, address, page, policy).

None: the page carries no link to it.
"""
# ruff: noqa: E501  one page a line

HOME = "https://www.brellon.com/"


def footer(*links, before=""):
    """A page with the given (text, target) links in its footer."""
    items = "".join(f'<li><a href="{target}">{text}</a></li>' for text, target in links)
    return f"""<!doctype html><html><head><title>Brellon</title></head><body>
        <header><nav><a href="/">Home</a> <a href="/products">Products</a> <a href="/about">About</a></nav></header>
        <main><h1>Lamps that think</h1><p>We make lamps.</p>{before}</main><footer><ul>{items}</ul></footer></body></html>"""


def written(html):
    """A page with this in its main text."""
    return f"<html><body><nav><a href='/'>Home</a><a href='/shop'>Shop</a></nav><main>{html}</main></body></html>"


COMBINED = written(f"""<ul><li><a href='#privacy'>Privacy Policy</a></li><li><a href='#terms'>Terms of Service</a></li></ul>
    <h2 id='terms'>Terms</h2><h3>Use</h3><p>Use it well.</p>
    <h2 id='privacy'>Privacy Policy</h2><h3>Data</h3><p>{"We keep your name. " * 90}</p><h3>Rights</h3><p>{"You may object. " * 90}</p>""")

# --- one footer for each language: the policy among its neighbours -----------------------------------------------------------------

LANGUAGES = [
    ("English", footer(("Careers", "/jobs"), ("Terms of Use", "/t/1"), ("Privacy Policy", "/t/2"), ("Cookie Policy", "/t/3"))),
    ("English, one word", footer(("Imprint", "/t/1"), ("Privacy", "/t/2"), ("Your Privacy Choices", "/t/3"))),
    ("German", footer(("Impressum", "/t/1"), ("Datenschutzerklärung", "/t/2"), ("Cookie-Einstellungen", "/t/3"), ("AGB", "/t/4"))),
    ("German, one word", footer(("AGB", "/t/1"), ("Datenschutz", "/t/2"), ("Datenschutzeinstellungen", "/t/3"))),
    ("German, hints", footer(("Nutzungsbedingungen", "/t/1"), ("Hinweise zum Datenschutz", "/t/2"), ("Barrierefreiheit", "/t/3"))),
    ("French", footer(("Mentions légales", "/t/1"), ("Politique de confidentialité", "/t/2"), ("Gestion des cookies", "/t/3"), ("CGU", "/t/4"))),
    ("French, data", footer(("CGV", "/t/1"), ("Protection des données personnelles", "/t/2"), ("Gérer mes cookies", "/t/3"))),
    ("French, charter", footer(("Plan du site", "/t/1"), ("Charte de protection de la vie privée", "/t/2"))),
    ("Spanish", footer(("Aviso legal", "/t/1"), ("Política de privacidad", "/t/2"), ("Política de cookies", "/t/3"))),
    ("Spanish, notice", footer(("Términos y condiciones", "/t/1"), ("Aviso de Privacidad", "/t/2"))),
    ("Italian", footer(("Note legali", "/t/1"), ("Informativa sulla privacy", "/t/2"), ("Informativa cookie", "/t/3"))),
    ("Italian, data", footer(("Condizioni d'uso", "/t/1"), ("Informativa sul trattamento dei dati personali", "/t/2"))),
    ("Portuguese", footer(("Termos de uso", "/t/1"), ("Política de Privacidade", "/t/2"), ("Política de Cookies", "/t/3"))),
    ("Dutch", footer(("Algemene voorwaarden", "/t/1"), ("Privacyverklaring", "/t/2"), ("Cookieverklaring", "/t/3"))),
    ("Dutch, policy", footer(("Disclaimer", "/t/1"), ("Privacybeleid", "/t/2"), ("Cookie-instellingen", "/t/3"))),
    ("Polish", footer(("Regulamin", "/t/1"), ("Polityka prywatności", "/t/2"), ("Polityka plików cookies", "/t/3"))),
    ("Polish, data", footer(("Kontakt", "/t/1"), ("Ochrona danych osobowych", "/t/2"))),
    ("Swedish", footer(("Köpvillkor", "/t/1"), ("Integritetspolicy", "/t/2"), ("Hantera cookies", "/t/3"))),
    ("Swedish, data", footer(("Allmänna villkor", "/t/1"), ("Så behandlar vi dina personuppgifter", "/t/2"))),
    ("Danish", footer(("Handelsbetingelser", "/t/1"), ("Privatlivspolitik", "/t/2"), ("Cookiepolitik", "/t/3"))),
    ("Norwegian", footer(("Vilkår", "/t/1"), ("Personvernerklæring", "/t/2"), ("Informasjonskapsler", "/t/3"))),
    ("Finnish", footer(("Käyttöehdot", "/t/1"), ("Tietosuojaseloste", "/t/2"), ("Evästeasetukset", "/t/3"))),
    ("Czech", footer(("Obchodní podmínky", "/t/1"), ("Zásady ochrany osobních údajů", "/t/2"), ("Nastavení cookies", "/t/3"))),
    ("Slovak", footer(("Obchodné podmienky", "/t/1"), ("Ochrana osobných údajov", "/t/2"))),
    ("Turkish", footer(("Kullanım Koşulları", "/t/1"), ("GİZLİLİK POLİTİKASI", "/t/2"), ("Çerez Politikası", "/t/3"))),
    ("Turkish, law", footer(("İletişim", "/t/1"), ("KVKK Aydınlatma Metni", "/t/2"))),
    ("Russian", footer(("Пользовательское соглашение", "/t/1"), ("Политика конфиденциальности", "/t/2"))),
    ("Russian, data", footer(("Оферта", "/t/1"), ("Политика в отношении обработки персональных данных", "/t/2"))),
    ("Ukrainian", footer(("Умови використання", "/t/1"), ("Політика конфіденційності", "/t/2"))),
    ("Bulgarian", footer(("Общи условия", "/t/1"), ("Политика за поверителност", "/t/2"))),
    ("Chinese, simplified", footer(("服务条款", "/t/1"), ("隐私政策", "/t/2"), ("Cookie 设置", "/t/3"))),
    ("Chinese, traditional", footer(("使用條款", "/t/1"), ("隱私權政策", "/t/2"))),
    ("Chinese, data", footer(("用户协议", "/t/1"), ("个人信息保护政策", "/t/2"))),
    ("Japanese", footer(("利用規約", "/t/1"), ("プライバシーポリシー", "/t/2"), ("クッキー設定", "/t/3"))),
    ("Japanese, data", footer(("会社概要", "/t/1"), ("個人情報の取り扱いについて", "/t/2"))),
    ("Korean", footer(("이용약관", "/t/1"), ("개인정보처리방침", "/t/2"), ("쿠키 설정", "/t/3"))),
    ("Korean, spaced", footer(("서비스 약관", "/t/1"), ("개인정보 처리방침", "/t/2"))),
    ("Arabic", footer(("شروط الاستخدام", "/t/1"), ("سياسة الخصوصية", "/t/2"))),
    ("Hebrew", footer(("תנאי שימוש", "/t/1"), ("מדיניות הפרטיות", "/t/2"))),
    ("Greek", footer(("Όροι χρήσης", "/t/1"), ("Πολιτική απορρήτου", "/t/2"), ("Ρυθμίσεις cookies", "/t/3"))),
    ("Greek, data", footer(("Επικοινωνία", "/t/1"), ("Πολιτική Προστασίας Προσωπικών Δεδομένων", "/t/2"))),
    ("Romanian", footer(("Termeni și condiții", "/t/1"), ("Politica de confidențialitate", "/t/2"))),
    ("Hungarian", footer(("ÁSZF", "/t/1"), ("Adatkezelési tájékoztató", "/t/2"), ("Süti beállítások", "/t/3"))),
    ("Vietnamese", footer(("Điều khoản sử dụng", "/t/1"), ("Chính sách bảo mật", "/t/2"))),
    ("Indonesian", footer(("Syarat dan Ketentuan", "/t/1"), ("Kebijakan Privasi", "/t/2"))),
    ("Thai", footer(("ข้อกำหนดการใช้งาน", "/t/1"), ("นโยบายความเป็นส่วนตัว", "/t/2"))),
    ("Croatian", footer(("Uvjeti korištenja", "/t/1"), ("Pravila privatnosti", "/t/2"))),
    ("Catalan", footer(("Avís legal", "/t/1"), ("Política de privacitat", "/t/2"))),
    ("Lithuanian", footer(("Kontaktai", "/t/1"), ("Privatumo politika", "/t/2"))),
    ("English, data", footer(("Cookies", "/t/1"), ("Data Policy", "/t/2"))),
    ("English, health", footer(("Patient forms", "/t/1"), ("Notice of Privacy Practices", "/t/2"))),
    ("German, soft hyphens", footer(("Impres&shy;sum", "/t/1"), ("Daten&shy;schutz&shy;erklärung", "/t/2"))),
    ("German, two in one", footer(("Impressum", "/t/1"), ("Datenschutz &amp; Cookies", "/t/2"))),
    ("Danish, two in one", footer(("Kontakt", "/t/1"), ("Privatlivs- og cookiepolitik", "/t/2"))),
    ("Dutch, two in one", footer(("Contact", "/t/1"), ("Privacy- en cookieverklaring", "/t/2"))),
    ("Italian, two in one", footer(("Contatti", "/t/1"), ("Privacy e Cookie Policy", "/t/2"))),
    ("Portuguese, law", footer(("Fale conosco", "/t/1"), ("LGPD", "/t/2"))),
    ("Polish, law", footer(("Kontakt", "/t/1"), ("RODO", "/t/2"))),
    ("Russian, beside a consent", footer(("Согласие на обработку персональных данных", "/t/1"), ("Политика обработки персональных данных", "/t/2"))),
    ("Chinese, two in one", footer(("联系我们", "/t/1"), ("法律声明及隐私权政策", "/t/2"))),
    ("Persian", footer(("تماس با ما", "/t/1"), ("سیاست حفظ حریم خصوصی", "/t/2"))),
]  # fmt: skip

# --- how it is linked ------------------------------------------------------------------------------------------------------------

FOUND = [
    *((what, HOME, page, HOME + "t/2") for what, page in LANGUAGES),
    ("the link type of the HTML Standard", HOME,
     '<html><head><link rel="privacy-policy" href="/x9"><link rel="terms-of-service" href="/x8"></head><body><p>Hi</p></body></html>',
     HOME + "x9"),
    ("an anchor with the link type and a picture", HOME, written('<a rel="nofollow privacy-policy" href="/x9"><img src="i.png"></a>'), HOME + "x9"),
    ("an icon with an aria-label", HOME, written('<a href="/x9" aria-label="Privacy policy"><svg></svg></a><a href="/x1" aria-label="Cart"></a>'), HOME + "x9"),
    ("a picture with an alternative text", HOME, written('<a href="/x9"><img src="p.gif" alt="Privacy statement"></a>'), HOME + "x9"),
    ("a picture without a word", HOME, written('<a href="/privacy-policy.html"><img src="p.gif"></a><a href="/sale"><img src="s.gif"></a>'), HOME + "privacy-policy.html"),
    ("a title", HOME, written('<a href="/x9" title="Read our privacy notice">§</a>'), HOME + "x9"),
    ("a declared base", "https://www.brellon.com/en/home/index.html",
     '<html><head><base href="/legal/"></head><body><footer><a href="privacy">Privacy</a></footer></body></html>', HOME + "legal/privacy"),
    ("an address from here", "https://www.brellon.com/en/home/", footer(("Privacy notice", "../legal/privacy")), HOME + "en/legal/privacy"),
    ("an address without scheme", HOME, footer(("Privacy notice", "//www.brellon.com/p")), HOME + "p"),
    ("an address that forgot its scheme", HOME, footer(("Privacy notice", "www.brellon.com/p")), "https://www.brellon.com/p"),
    ("white space and line ends in an address", HOME, footer(("Privacy notice", " \n/legal/\tprivacy ")), HOME + "legal/privacy"),
    ("trackers", HOME, footer(("Privacy notice", "/p?utm_source=footer&amp;id=7&amp;gclid=abc")), HOME + "p?id=7"),
    ("the same twice, once tracked", HOME, footer(("Privacy", "/p?utm_medium=x"), ("Privacy Policy", "/p")), HOME + "p"),
    ("a subdomain for legal texts", HOME, footer(("Privacy Policy", "https://legal.brellon.com/privacy")), "https://legal.brellon.com/privacy"),
    ("another country's domain of the same name", HOME, footer(("Privacy Policy", "https://brellon.eu/privacy")), "https://brellon.eu/privacy"),
    ("the parent company's, in the footer", HOME, footer(("Jobs", "/jobs"), ("Privacy Policy", "https://www.orvantis-group.com/privacy")), "https://www.orvantis-group.com/privacy"),
    ("the parent company's, named in the copyright line", HOME,
     "<body><main>Lamps</main><footer>© 2026 Orvantis Corporation <a href='https://orvantis.com/x'>Orvantis Privacy Statement</a></footer></body>",
     "https://orvantis.com/x"),
    ("a policy at a generator of policies", HOME, footer(("Privacy Policy", "https://www.iubenda.com/privacy-policy/71234567"), ("Cookies", "https://www.iubenda.com/privacy-policy/71234567/cookie-policy")), "https://www.iubenda.com/privacy-policy/71234567"),
    ("the parent company's, beside its name", HOME, footer(("About Orvantis", "https://orvantis.com/about"), ("Orvantis Foundation", "/of"), ("Privacy policy", "https://orvantis.com/privacy"), ("Contact Orvantis", "/c")), "https://orvantis.com/privacy"),
    ("the company's own longer name", HOME, footer(("Privacy policy", "https://www.brellongroup.net/policies/p")), "https://www.brellongroup.net/policies/p"),
    ("a policy as PDF in a cloud", HOME, footer(("Privacy Policy", "https://files.brellon-cdn.net/docs/8812.pdf")), "https://files.brellon-cdn.net/docs/8812.pdf"),
    ("a sentence that links one word", HOME, written("<p>You will find our privacy policy <a href='/docs/77'>here</a>, and our terms <a href='/docs/78'>here</a>.</p>"), HOME + "docs/77"),
    ("a German sentence that links one word", HOME, written("<p>Unsere Datenschutzerklärung finden Sie <a href='/docs/77'>hier</a>.</p>"), HOME + "docs/77"),
    ("a consent box of a form", HOME, written('<form><label><input type="checkbox"> I have read the <a href="/docs/4">privacy notice</a> and the <a href="/docs/5">terms</a></label></form>'), HOME + "docs/4"),
    ("a sentence in an inflected language", HOME, written("<p>Akceptuję <a href='/d/1'>regulamin</a> i zapoznałem się z <a href='/d/2'>polityką prywatności</a>.</p>"), HOME + "d/2"),
    ("a Russian sentence", HOME, written("<p>Нажимая кнопку, вы соглашаетесь с <a href='/d/2'>политикой конфиденциальности</a></p>"), HOME + "d/2"),
    ("a banner's link", HOME, '<body><div id="cookie-consent"><p>We and third parties use cookies.</p><a href="/pp">Privacy Policy</a><a href="#">Settings</a></div><main>x</main></body>', HOME + "pp"),
    ("a button that opens it", HOME, written("""<button onclick="window.open('/legal/privacy-policy')">Privacy Policy</button>"""), HOME + "legal/privacy-policy"),
    ("a link that a script follows", HOME, written("""<a href="#" onclick="location.href='/pp'; return false">Privacy Policy</a>"""), HOME + "pp"),
    ("an element of an application", HOME, written('<app-link data-href="/pp" role="link">Privacy Policy</app-link>'), HOME + "pp"),
    ("a route of an application", HOME, footer(("Terms", "/#/terms"), ("Privacy", "/#/privacy")), HOME + "#/privacy"),
    ("a page by its number", HOME, footer(("Contact", "/index.php?id=3"), ("Datenschutz", "/index.php?id=12")), HOME + "index.php?id=12"),
    ("a shop's route", HOME, footer(("Privacy Policy", "/index.php?route=information/information&amp;information_id=3")), HOME + "index.php?route=information/information&information_id=3"),
    ("for those without scripts", HOME, "<body><div id='app'></div><noscript><a href='/privacy'>Privacy policy</a></noscript></body>", HOME + "privacy"),
    ("a template", HOME, "<body><template><footer><a href='/privacy'>Privacy policy</a></footer></template></body>", HOME + "privacy"),
    ("an unclosed anchor", HOME, "<body><p><a href='/terms'>Terms<p><a href='/privacy'>Privacy Policy</body>", HOME + "privacy"),
    ("capitals and a row of separators", HOME, written("<center><font size=1><A HREF='/a.htm'>HOME</A> | <A HREF='/b.htm'>PRIVACY POLICY</A> | <A HREF='/c.htm'>CONTACT</A></font></center>"), HOME + "b.htm"),
    ("privacy and cookies in one", HOME, footer(("Terms", "/t"), ("Privacy & Cookies", "/pc")), HOME + "pc"),
    ("privacy and terms in one", HOME, footer(("Privacy & Terms", "/pt"), ("Help", "/h")), HOME + "pt"),
    ("the vendor's name before it", HOME, footer(("Brellon Privacy Policy", "/bpp"), ("Brellon App Terms", "/bat")), HOME + "bpp"),
    ("the page's own language before others", "https://www.brellon.com/de/", '<html lang="de"><body><footer><a href="/en/privacy">Privacy Policy</a><a href="/fr/privacy">Politique de confidentialité</a><a href="/de/privacy">Datenschutzerklärung</a></footer></body></html>', HOME + "de/privacy"),
    ("the policy before the privacy centre", HOME, footer(("Privacy Center", "/privacy"), ("Privacy Policy", "/privacy/policy"), ("Privacy Rights Request", "/privacy/request")), HOME + "privacy/policy"),
    ("the policy before narrower ones", HOME, footer(("Applicant Privacy Policy", "/privacy/applicants"), ("California Privacy Notice", "/privacy/ca"), ("Children's Privacy Policy", "/privacy/kids"), ("Privacy Policy", "/privacy/all")), HOME + "privacy/all"),
    ("the policy before its past", HOME, footer(("Previous privacy policies", "/privacy/archive"), ("Privacy policy", "/privacy/now")), HOME + "privacy/now"),
    ("the policy before stories about it", HOME, footer(("Privacy", "/privacy"), before="<a href='/blog/why-privacy-matters'>Why privacy matters</a> <a href='/blog/our-new-privacy-policy'>Our new privacy policy explained</a>"), HOME + "privacy"),
    ("the policy before wares", HOME, footer(("Privacy notice", "/legal/1"), before="<a href='/collections/privacy-screens'>Privacy screens</a><a href='/products/privacy-film'>Privacy film</a>"), HOME + "legal/1"),
    ("the policy before a tool's", HOME, footer(("Privacy Policy", "/pp"), before="<p>This site is protected by reCAPTCHA and the Google <a href='https://policies.google.com/privacy'>Privacy Policy</a> and <a href='https://policies.google.com/terms'>Terms of Service</a> apply.</p>"), HOME + "pp"),
    ("the policy before those of a list of providers", HOME, footer(("Privacy", "/pp"), before="".join(f"<tr><td>{n}</td><td><a href='https://{n}.io/privacy'>Privacy policy</a></td></tr>" for n in ("metrico", "adloop", "chatnest", "mapline")).join(("<table>", "</table>"))), HOME + "pp"),
    ("one page for all legal texts", "https://www.brellon.com/legal", COMBINED, "https://www.brellon.com/legal#privacy"),
    ("Latin-1", HOME, footer(("Política de protección de datos", "/p")).encode("latin-1"), HOME + "p"),
    ("Shift_JIS", HOME, footer(("プライバシーポリシー", "/p")).replace("<head>", '<head><meta charset="shift_jis">').encode("shift_jis"), HOME + "p"),
]  # fmt: skip

# --- and where there is none ------------------------------------------------------------------------------------------------------

NOTHING = [
    ("an empty body", HOME, b""),
    ("no HTML at all", HOME, b"\x89PNG\r\n\x1a\n\x00\x00privacy policy"),
    ("an error page", HOME, "<html><body><h1>404</h1><a href='/'>Home</a></body></html>"),
    ("a footer without one", HOME, footer(("About", "/about"), ("Terms of Service", "/terms"), ("Legal notice", "/legal"))),
    ("a cookie policy alone", HOME, footer(("Cookie Policy", "/cookies"), ("Terms", "/terms"))),
    ("settings and choices", HOME, footer(("Privacy settings", "/account/privacy-settings"), ("Your Privacy Choices", "/choices"), ("Do Not Sell or Share My Personal Information", "/dns"))),
    ("settings in German", HOME, footer(("Datenschutzeinstellungen", "/e"), ("Cookie-Einstellungen", "#"))),
    ("reCAPTCHA's notice", HOME, written("<p>Protected by reCAPTCHA. <a href='https://policies.google.com/privacy'>Privacy</a> - <a href='https://policies.google.com/terms'>Terms</a></p>")),
    ("a newsletter service's notice", HOME, written("<p>We use Sendwell as our marketing platform. <a href='https://sendwell.com/legal/privacy'>Learn more about Sendwell's privacy practices here.</a></p>")),
    ("a consent tool's own", HOME, written("<div class='cmp'>Powered by Usercentrics <a href='https://usercentrics.com/privacy-policy/'>Privacy Policy</a></div>")),
    ("blog posts about privacy", HOME, written("<article><h2><a href='/blog/2025/privacy-by-design-in-smart-homes'>Privacy by design in smart homes</a></h2></article><a href='/tag/privacy'>privacy</a><a href='/category/data-protection'>Data Protection</a>")),
    ("wares for privacy", HOME, written("<a href='/collections/privacy-screens'>Privacy Screens</a> <a href='/products/privacy-glass-kit'>Privacy glass kit</a>")),
    ("services for data protection", HOME, written("<a href='/services/data-protection-consulting'>Data protection consulting</a> <a href='/leistungen/datenschutz-beratung'>Datenschutz-Beratung</a>")),
    ("a clause in a table of contents", HOME + "terms", written("<ol><li><a href='#s1'>Acceptance</a></li><li><a href='#s7'>Privacy</a></li></ol><h2 id='s7'>7. Privacy</h2><p>See below.</p>")),
    ("a clause of that very name", HOME + "terms", written("<ol><li><a href='#s6'>Fees</a></li><li><a href='#s7'>Privacy Policy</a></li></ol><h2 id='s6'>6. Fees</h2><p>None.</p><h2 id='s7'>7. Privacy Policy</h2><p>It forms a part of these terms.</p><h2>8. Law</h2>")),
    ("a help article", HOME, written("<a href='/help/articles/371-hide-my-profile-privacy'>Hide my profile (privacy)</a><a href='/hc/en-us/sections/12-privacy-and-safety-tips'>Privacy and safety tips</a>")),
    ("a data processing agreement", HOME, footer(("Data Processing Agreement", "/dpa"), ("Subprocessors", "/subprocessors"))),
    ("a data protection officer", HOME, footer(("Datenschutzbeauftragter", "/kontakt/dsb"), ("Data Protection Officer", "/dpo"))),
    ("placeholders", HOME, footer(("Privacy Policy", "#"), ("Privacy Policy", "javascript:void(0)"), ("Privacy Policy", ""))),
    ("a mail address", HOME, footer(("Privacy enquiries", "mailto:privacy@brellon.com"), ("Privacy line", "tel:+4912345"))),
    ("a link in a comment", HOME, "<body><main>x</main><!-- <footer><a href='/privacy'>Privacy Policy</a></footer> --></body>"),
    ("a link in a script's text", HOME, "<body><main>x</main><script>var t = \"<a href='/privacy'>Privacy Policy</a>\";</script></body>"),
    ("sharing buttons", HOME, written("<a href='https://facebook.com/sharer?u=https://www.brellon.com/privacy'>Share</a><a href='https://twitter.com/brellon'>Follow us</a>")),
    ("a list of providers", HOME, written("<table>" + "".join(f"<tr><td>{n}</td><td><a href='https://{n}.io/privacy'>Privacy policy</a></td></tr>" for n in ("metrico", "adloop", "chatnest", "mapline")) + "</table>")),
    ("a menu in a language without the word", HOME, footer(("会社情報", "/c"), ("採用情報", "/r"), ("お問い合わせ", "/q"))),
]  # fmt: skip
