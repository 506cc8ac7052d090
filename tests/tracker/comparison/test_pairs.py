"""Clauses before and after, in the manner of many trades and languages, with the class and level that a careful lawyer would give.

The table was written before the rules were run on it. A level in two words ("high critical") means that either can be argued.
"""

import pytest

from tracker.comparison import compare
from tracker.model import Clause, Policy

PAIRS = [
    # promises reversed, withdrawn, made
    (
        "We do not share your recipes or shopping lists with advertisers.",
        "We may share your recipes and shopping lists with food brands and advertisers.",
        "substantive",
        "high critical",
    ),
    (
        "Your readings are never disclosed to insurers.",
        "Your readings may be disclosed to insurers.",
        "substantive",
        "high critical",
    ),
    (
        "Doorbell clips stay on the device. We never look at your clips.",
        "Doorbell clips stay on the device.",
        "substantive",
        "high critical",
    ),
    (
        "There are no advertisements in the app.",
        "The app may show offers from our partners, chosen by what you play.",
        "substantive",
        "high",
    ),
    (
        "We keep the logs of the lock. We do not use your recordings to develop products without asking you first.",
        "We keep the logs of the lock.",
        "substantive",
        "high critical",
    ),
    (
        "We will share driving data with research institutes only with your consent, and only in a form that does not identify you.",
        "We may share driving data with research institutes.",
        "substantive",
        "high",
    ),
    (
        "Wir geben Ihre Messwerte nicht an Versicherer weiter.",
        "Wir können Ihre Messwerte an Versicherer weitergeben.",
        "substantive",
        "high critical",
    ),
    (
        "Wir verkaufen Ihre Daten nicht.",
        "Wir dürfen Ihre Daten an ausgewählte Partner verkaufen.",
        "substantive",
        "critical",
    ),
    (
        "Nous ne partageons jamais vos trajets avec des annonceurs.",
        "Nous pouvons partager vos trajets avec des annonceurs.",
        "substantive",
        "high critical",
    ),
    (
        "No vendemos ni cedemos sus datos de salud.",
        "Podemos ceder sus datos de salud a nuestros socios.",
        "substantive",
        "high critical",
    ),
    ("Non vendiamo i tuoi dati a terzi.", "Possiamo vendere i tuoi dati a terzi.", "substantive", "high critical"),
    (
        "Não vendemos seus dados pessoais.",
        "Podemos vender seus dados pessoais a parceiros.",
        "substantive",
        "high critical",
    ),
    ("Wij verkopen uw gegevens niet.", "Wij kunnen uw gegevens verkopen aan partners.", "substantive", "high critical"),
    ("我们不会向第三方出售您的个人信息。", "我们可能向第三方出售您的个人信息。", "substantive", "high critical"),
    (
        "当社は個人情報を第三者に販売しません。",
        "当社は個人情報を第三者に販売することがあります。",
        "substantive",
        "high critical",
    ),
    (
        "We may rent your mailing address to mail-order firms.",
        "We do not rent your mailing address to anyone.",
        "substantive",
        "medium",
    ),
    (
        "Support staff can open a ticket.",
        "Support staff can open a ticket. We never listen to your calls.",
        "substantive",
        "medium",
    ),
    # consent and choices
    (
        "We disclose meter values only with your express consent.",
        "We may disclose meter values unless you have objected in the portal.",
        "substantive",
        "high critical",
    ),
    (
        "Wir zeigen Ihnen personalisierte Angebote nur mit Ihrer Einwilligung.",
        "Wir zeigen Ihnen personalisierte Angebote, sofern Sie nicht widersprechen.",
        "substantive",
        "high",
    ),
    (
        "We send you offers by text message. You can opt out at any time.",
        "We send you offers by text message.",
        "substantive",
        "high",
    ),
    (
        "You can switch off the microphone in the settings.",
        "The microphone is needed for the service and stays on.",
        "substantive",
        "medium high",
    ),
    # periods, ages, amounts
    (
        "Videoaufnahmen werden nach 12 Monaten gelöscht.",
        "Videoaufnahmen werden nach 36 Monaten gelöscht.",
        "substantive",
        "high",
    ),
    (
        "Les enregistrements sont conservés pendant 30 jours.",
        "Les enregistrements sont conservés pendant 7 jours.",
        "substantive",
        "medium",
    ),
    (
        "Conservamos las grabaciones durante 6 meses.",
        "Conservamos las grabaciones mientras sea necesario.",
        "substantive",
        "high",
    ),
    ("Conserviamo i dati per 12 mesi.", "Conserviamo i dati per 24 mesi.", "substantive", "high"),
    ("我们将保存您的信息6个月。", "我们将保存您的信息24个月。", "substantive", "high"),
    ("Players must be at least 16 years old.", "Players must be at least 13 years old.", "substantive", "critical"),
    ("A late payment costs 5 €.", "A late payment costs 15 €.", "substantive", "medium high"),
    (
        "We tell you of changes by e-mail 30 days in advance.",
        "We tell you of changes by e-mail 7 days in advance.",
        "substantive",
        "medium high",
    ),
    # new practices
    (
        "We collect your name and e-mail address.",
        "We collect your name, e-mail address and voiceprint.",
        "substantive",
        "critical",
    ),
    (
        "We use step counts to draw your charts.",
        "We use step counts to draw your charts and to train our machine learning models.",
        "substantive",
        "critical",
    ),
    (
        "Nous utilisons vos photos pour créer vos albums.",
        "Nous utilisons vos photos pour créer vos albums et pour entraîner nos modèles d'IA.",
        "substantive",
        "critical",
    ),
    (
        "Courts in your country decide disputes.",
        "Disputes are decided by binding arbitration, and you waive class actions.",
        "substantive",
        "critical",
    ),
    (
        "Los datos se almacenan en servidores en España.",
        "Los datos se almacenan en servidores en España y China.",
        "substantive",
        "high",
    ),
    (
        "The bank is your contract partner.",
        "The bank shares your payment history with credit bureaus.",
        "substantive",
        "high critical",
    ),
    (
        "You may ask us for a copy of your data and complain to the supervisory authority.",
        "You may ask us for a copy of your data.",
        "substantive",
        "high",
    ),
    (
        "Questions? Write to privacy@doorhandle.example.",
        "Questions? Write to data@doorhandle.example.",
        "substantive",
        "medium",
    ),
    (
        "The controller is Türgriff Heim GmbH.",
        "The controller is Latchwell Holdings Ltd.",
        "substantive",
        "medium high",
    ),
    ("We will delete your account on request.", "We may delete your account on request.", "substantive", "medium"),
    # the same thing in other words
    (
        "We collect information that you give us when you register.",
        "We gather information that you provide to us when you register.",
        "editorial",
        "low",
    ),
    (
        "Your data are stored by us on servers in Ireland.",
        "We store your data on servers in Ireland.",
        "editorial",
        "low",
    ),
    ("We use cookies to remember your basket.", "We use cookies in order to remember your basket.", "editorial", "low"),
    (
        "If you have questions about this policy, please contact us.",
        "Should you have any questions regarding this policy, please contact us.",
        "editorial",
        "low",
    ),
    (
        "Nous traitons vos données afin d'exécuter votre commande.",
        "Nous traitons vos données pour exécuter votre commande.",
        "editorial",
        "low",
    ),
    (
        "Wir verarbeiten Ihre Daten, um Ihre Bestellung auszuführen.",
        "Wir verarbeiten Ihre Daten zur Ausführung Ihrer Bestellung.",
        "editorial",
        "low",
    ),
    ("Utilizamos sus datos para enviar su pedido.", "Usamos sus datos para enviarle su pedido.", "editorial", "low"),
    (
        "We do not sell your personal information.",
        "We don't sell your personal information.",
        "editorial cosmetic",
        "low none",
    ),
    ("We never sell your data.", "We do not ever sell your data.", "editorial", "low"),
    (
        "This policy explains how we handle your information.",
        "This policy describes how we treat your information.",
        "editorial",
        "low",
    ),
    # form
    (
        "We keep your recieved files safe. Files received by post are scanned.",
        "We keep your received files safe. Files received by post are scanned.",
        "cosmetic",
        "none",
    ),
    ("We use cookies, pixels and tags.", "We use cookies, pixels, and tags.", "cosmetic", "none"),
    ("Your rights – and how to use them", "Your Rights: and how to use them", "cosmetic", "none"),
    ("Vos données sont en sécurité !", "Vos données sont en sécurité.", "cosmetic", "none"),
    ("4.1 We store invoices.", "5.1 We store invoices.", "cosmetic", "none"),
]

# A second table, of other trades, likewise written before anything was run on it.
PAIRS += [
    (
        "Fahrdaten werden ausschließlich im Fahrzeug gespeichert.",
        "Fahrdaten werden im Fahrzeug und auf unseren Servern gespeichert.",
        "substantive",
        "medium high",
    ),
    (
        "Your heart-rate curve never leaves the watch.",
        "Your heart-rate curve is uploaded to our cloud.",
        "substantive",
        "high critical",
    ),
    (
        "We won't read your chat messages.",
        "Our moderators may read your chat messages.",
        "substantive",
        "high critical",
    ),
    (
        "La banque ne communique pas vos opérations à des tiers.",
        "La banque peut communiquer vos opérations à ses partenaires commerciaux.",
        "substantive",
        "high critical",
    ),
    ("Die App zeigt keine Werbung.", "Die App zeigt Werbung von Partnern.", "substantive", "high critical"),
    (
        "La cerradura no registra quién abre la puerta.",
        "La cerradura registra quién abre la puerta y a qué hora.",
        "substantive",
        "medium high critical",
    ),
    (
        "Game statistics are visible to your friends only.",
        "Game statistics are visible to everyone.",
        "substantive",
        "medium high",
    ),
    (
        "Vous pouvez retirer votre consentement à tout moment.",
        "Votre consentement vaut pour la durée du contrat.",
        "substantive",
        "medium high",
    ),
    (
        "You may return the camera within 30 days.",
        "You may return the camera within 14 days.",
        "substantive",
        "medium high",
    ),
    (
        "The subscription ends after one year.",
        "The subscription renews automatically each year.",
        "substantive",
        "medium high",
    ),
    (
        "Wir löschen Ihre Bestelldaten nach drei Jahren.",
        "Wir löschen Ihre Bestelldaten nach zehn Jahren.",
        "substantive",
        "high",
    ),
    ("Les photos sont chiffrées de bout en bout.", "Les photos sont protégées.", "substantive", "medium high"),
    ("De gegevens worden 12 maanden bewaard.", "De gegevens worden 5 jaar bewaard.", "substantive", "high"),
    (
        "Your garage door opener sends its status to our servers.",
        "The status of your garage door opener is sent to our servers.",
        "editorial",
        "low",
    ),
    (
        "We may also receive information from other sources.",
        "We may additionally obtain information from other sources.",
        "editorial",
        "low",
    ),
    (
        "You can contact our support team by telephone.",
        "Our support team can be reached by telephone.",
        "editorial",
        "low",
    ),
    (
        "We store the settings of your lamps, such as brightness.",
        "We store the settings of your lamps, for example brightness.",
        "editorial",
        "low",
    ),
    (
        "Diese Erklärung gilt für alle Produkte von uns.",
        "Diese Erklärung gilt für all unsere Produkte.",
        "editorial",
        "low",
    ),
    (
        "Puede ponerse en contacto con nosotros por carta.",
        "Puede contactar con nosotros por carta.",
        "editorial",
        "low",
    ),
    (
        "We are comitted to your privacy. We have been committed to it for years.",
        "We are committed to your privacy. We have been committed to it for years.",
        "cosmetic",
        "none",
    ),
    ("本政策适用于所有产品。", "本政策适用于所有产品", "cosmetic", "none"),
]


def policy(text: str) -> Policy:
    heading = Clause("How we handle information", "heading", depth=2)
    return Policy((heading, Clause(text, trail=(heading.text,))), language="en")


@pytest.mark.parametrize(("old", "new", "kind", "level"), PAIRS, ids=[new[:50] for _, new, _, _ in PAIRS])
def test_a_careful_lawyer_would_agree(old: str, new: str, kind: str, level: str) -> None:
    change = compare(policy(old), policy(new))
    assert change.kind in kind.split()
    assert change.level in level.split()
