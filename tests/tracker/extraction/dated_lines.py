"""Ways in which policies state their dates, by language: "effective | updated | text", "-" for none, "¶" between two blocks.

Dates below the second title of a language are those of other things: nothing is to be read there.
"""

FILLER = {
    "en": "We collect personal data of the people who use our lamps and keep it only as long as we need it.",
    "fr": "Nous recueillons les données personnelles des personnes qui utilisent nos lampes et nous ne les gardons pas longtemps.",
    "de": "Wir erheben personenbezogene Daten der Menschen, die unsere Lampen nutzen, und bewahren sie nicht lange auf.",
    "es": "Recogemos datos personales de las personas que usan nuestras lámparas y los guardamos durante poco tiempo.",
    "it": "Raccogliamo i dati personali delle persone che usano le nostre lampade e li conserviamo per poco tempo.",
    "pt": "Recolhemos dados pessoais das pessoas que usam as nossas lâmpadas e não os guardamos por muito tempo.",
    "nl": "Wij verzamelen persoonsgegevens van de mensen die onze lampen gebruiken en bewaren die niet lang.",
    "pl": "Zbieramy dane osobowe osób, które używają naszych lamp, i nie przechowujemy ich zbyt długo.",
    "sv": "Vi samlar in personuppgifter om dem som använder våra lampor och sparar dem inte särskilt länge.",
    "tr": "Lambalarımızı kullanan kişilerin kişisel verilerini topluyor ve bunları uzun süre saklamıyoruz.",
    "ru": "Мы собираем персональные данные людей, которые пользуются нашими лампами, и храним их недолго.",
    "zh": "我们会收集使用我们灯具的用户的个人信息,并且只在必要的时间内保存这些信息。我们不会出售您的信息。",
    "zh-TW": "我們會蒐集使用我們燈具的用戶的個人資料,並且只在必要的時間內保存這些資料。我們不會出售您的資料。",
    "ja": "当社は、ランプをご利用のお客様の個人情報を取得し、必要な期間に限って保管します。第三者に販売することはありません。",
    "ko": "회사는 램프를 사용하는 고객의 개인정보를 수집하며 필요한 기간 동안만 보관합니다. 제삼자에게 판매하지 않습니다.",
    "da": "Vi indsamler personoplysninger om de mennesker, der bruger vores lamper, og gemmer dem ikke ret længe.",
    "no": "Vi samler inn personopplysninger om menneskene som bruker lampene våre, og lagrer dem ikke særlig lenge.",
    "fi": "Keräämme lamppujamme käyttävien ihmisten henkilötietoja emmekä säilytä niitä kovin pitkään.",
    "cs": "Shromažďujeme osobní údaje lidí, kteří používají naše lampy, a neuchováváme je příliš dlouho.",
    "uk": "Ми збираємо персональні дані людей, які користуються нашими лампами, і зберігаємо їх недовго.",
    "ar": "نحن نجمع البيانات الشخصية للأشخاص الذين يستخدمون مصابيحنا ولا نحتفظ بها لفترة طويلة.",
    "he": "אנו אוספים מידע אישי על האנשים שמשתמשים במנורות שלנו ואיננו שומרים אותו לאורך זמן.",
    "id": "Kami mengumpulkan data pribadi orang-orang yang menggunakan lampu kami dan tidak menyimpannya terlalu lama.",
    "vi": "Chúng tôi thu thập dữ liệu cá nhân của những người sử dụng đèn của chúng tôi và không lưu giữ quá lâu.",
    "el": "Συλλέγουμε προσωπικά δεδομένα των ανθρώπων που χρησιμοποιούν τις λάμπες μας και δεν τα κρατάμε για πολύ.",
    "ro": "Colectăm date cu caracter personal ale persoanelor care folosesc lămpile noastre și nu le păstrăm mult timp.",
    "hu": "Gyűjtjük a lámpáinkat használó emberek személyes adatait, és nem őrizzük meg azokat túl sokáig.",
}

STATED = {
    "en": """
2024-05-01 | - | Effective date: May 1, 2024
2024-05-01 | - | Effective May 1st, 2024
2024-05-01 | - | This Policy is effective as of the 1st day of May, 2024.
2024-05-01 | - | These Terms come into force on 1 May 2024 and bind all who use the lamps from then on.
2024-05-01 | - | This notice shall enter into force on 01-May-2024
2024-05-01 | - | The following terms of use apply to all visits on and after May 1, 2024.
2024-05-01 | - | In effect since 2024-05-01
2024-05-01 | - | Date of entry into force: 1 May 2024
2024-05-01 | 2024-04-02 | Last updated: April 2, 2024. Effective: May 1, 2024.
2024-05-01 | 2024-04-02 | Last Updated: April 2, 2024 | Effective: May 1, 2024
2024-05-01 | 2024-04-02 | Posted: April 2, 2024 ¶ Effective: May 1, 2024
2024-05-01 | 2024-04-02 | We last revised this statement on April 2, 2024, and the changes take effect on May 1, 2024.
2024-05-01 | 2024-05-01 | Effective and last updated: 05/01/2024
2024-05-01 | 2024-05-01 | Last modified and effective as of May 1, 2024
- | 2024-05-01 | Last updated on May 01, 2024
- | 2024-05-01 | (Updated 1 May 2024)
- | 2024-05-01 | LAST REVISED: 1ST MAY, 2024
- | 2024-05-01 | Last updated: Wed May 01 2024
- | 2024-05-01 | Last update: 2024-05-01T08:30:00Z
- | 2024-05-01 | This privacy policy was last amended on 1 May 2024.
- | 2024-05-01 | This version was last updated on 1 May 2024. Click here to view previous versions.
- | 2024-05-01 | Last modified on: May 1, 2024 (view previous versions)
- | 2024-05-01 | Current as of May 1, 2024
- | 2024-05-01 | Revision date: 2024/05/01
- | 2024-05-01 | Version date: 1 May 2024
- | 2024-05-01 | Version 3.2 – 1 May 2024
- | 2024-05 | Version 3.2 – May 2024
- | 2024-05 | Rev. 05/24
- | 2024-05 | Last updated: 05/2024
- | 2024-05 | Last reviewed: May 2024
- | 2024-05 | Lamp privacy notice (May 2024)
- | 2024-05-01 | Date of last revision: 1.5.2024
- | 2018-05-25 | Last updated 5/25/18
- | 2024-05-01 | Most recent update: May 1, 2024
- | 2024-05-01 | Updated as of May 1, 2024
- | 2024-05-01 | Date: 1 May 2024
- | 2024-05-01 | As amended on 1 May 2024
- | 2024-05-01 | Published on 1 May 2024
- | 2024-05-01 | Date of issue: 1 May 2024
- | 2024 | Last updated: 2024
- | 2024-05-01 | Last updated ¶ May 1, 2024
- | 2024-05-01 | Last updated: ¶ Wednesday, 1 May 2024
2024-05-01 | - | Effective ¶ May 1, 2024
2024-05-01 | 2024-04-02 | Last updated ¶ April 2, 2024 ¶ Effective date ¶ May 1, 2024
- | 2024-05-01 | Lumentide Ltd ¶ Privacy team ¶ Last changed: May 1, 2024 at 10:15 AM
2024-05-01 | - | If you signed up before May 1, 2024, the former terms apply until then. These terms are effective May 1, 2024.
2024-05-01 | - | These terms take effect on May 1, 2024 for new users and on June 1, 2024 for existing users.
2024-05-01 | - | These terms take effect on May 1, 2024 and replace the terms of March 3, 2021.
2024-05-01 | - | This policy, effective May 1, 2024, supersedes all earlier ones.
2024-05-01 | - | Effective Date: May 1, 2024 (previous version: March 3, 2021)
- | 2024-05-01 | Updated May 1, 2024 (replaces the version of March 3, 2021)
2024-05-01 | - | Terms effective from: 1st of May 2024
2024-05-01 | - | Valid from 01.05.2024
""",
    "fr": """
2024-05-01 | - | En vigueur à compter du 1er mai 2024
2024-05-01 | - | Entrée en vigueur : 1er mai 2024
2024-05-01 | - | Date d’entrée en vigueur : 01/05/2024
2024-05-01 | - | La présente politique entre en vigueur le 1er mai 2024.
2024-05-01 | - | Ces conditions prennent effet le 1er mai 2024.
2024-05-01 | - | Applicable depuis le 01.05.2024
2024-05-01 | - | Date d'effet : 1 mai 2024
2024-05-01 | 2024-04-02 | Mise à jour : 2 avril 2024. Entrée en vigueur : 1er mai 2024.
2024-05-01 | - | Conditions générales applicables au 1er mai 2024
- | 2024-05-01 | Dernière mise à jour le 1er mai 2024
- | 2024-05-01 | Dernière mise à jour : 01/05/2024
- | 2024-05-01 | Mis à jour le 1er mai 2024
- | 2024-05-01 | Date de dernière modification : mercredi 1er mai 2024
- | 2024-05-01 | Dernière révision : 1 mai 2024
- | 2024-05-01 | Cette politique a été modifiée pour la dernière fois le 1er mai 2024.
- | 2024-05-01 | Version du 1er mai 2024
- | 2024-05 | Version en date de mai 2024
- | 2024-05-01 | Version 2.0 – 01/05/2024
- | 2024-05-01 | Version en vigueur ¶ Dernière actualisation : 01-05-2024
- | 2024-05-01 | Publiée le 1er mai 2024
- | 2024-05-01 | Date de publication : 1er mai 2024
- | 2024-02-03 | MAJ le 3 fevrier 2024
- | 2023-12 | Dernière mise à jour : décembre 2023
2024-05-01 | - | Version en vigueur au 1er mai 2024
""",
    "de": """
2024-05-01 | - | Gültig ab 1. Mai 2024
2024-05-01 | - | Gültig ab dem 01.05.2024
2024-05-01 | - | Diese Datenschutzerklärung gilt ab dem 1. Mai 2024.
2024-05-01 | - | Inkrafttreten: 1. Mai 2024
2024-05-01 | - | Diese Nutzungsbedingungen treten am 1. Mai 2024 in Kraft.
2024-05-01 | - | Wirksam zum 01. Mai 2024
2024-05-01 | - | Datum des Inkrafttretens: 1.5.2024
2024-05-01 | 2024-04-02 | Letzte Aktualisierung: 2. April 2024 | Gültig ab: 1. Mai 2024
- | 2024-05 | Stand: Mai 2024
- | 2024-05 | Stand 05/2024
- | 2024-05 | Stand: 05/24
- | 2024-05-01 | Stand: 01.05.2024
- | 2024-05-01 | Stand der Datenschutzerklärung: 1. Mai 2024
- | 2024-05-01 | Diese Datenschutzerklärung hat den Stand vom 1. Mai 2024.
- | 2024-05-01 | Zuletzt aktualisiert am 1. Mai 2024
- | 2024-05-01 | Zuletzt geändert: Mittwoch, 1. Mai 2024
- | 2024-05-01 | Letzte Änderung: 01.05.24
- | 2024-05-01 | Fassung vom 1. Mai 2024
- | 2024-05 | Version 2.1 (Mai 2024)
- | 2024-05 | Diese Datenschutzerklärung ist aktuell gültig und hat den Stand Mai 2024.
- | 2024-05-01 | Veröffentlicht am 1. Mai 2024
- | 2024-01-05 | Stand: 5. Jänner 2024
- | 2024-05-01 | Datum der letzten Überarbeitung: 1. Mai 2024
2024-05-01 | - | Datenschutzhinweise in der ab 1. Mai 2024 gültigen Fassung
- | 2024-03-01 | Letztes Update: 1. Maerz 2024
""",
    "es": """
2024-05-01 | - | Fecha de entrada en vigor: 1 de mayo de 2024
2024-05-01 | - | En vigor desde el 1 de mayo de 2024
2024-05-01 | - | Vigente a partir del 1.º de mayo de 2024
2024-05-01 | - | Fecha de vigencia: 01/05/2024
2024-05-01 | - | Fecha efectiva: 1 de mayo, 2024
2024-05-01 | - | Esta política entrará en vigor el 1 de mayo de 2024.
2024-05-01 | - | Estos términos entran en vigencia el día 1 de mayo del 2024.
2024-05-01 | - | Vigencia: 1 mayo 2024
2024-05-01 | 2024-04-02 | Última actualización: 2 de abril de 2024. Entrada en vigor: 1 de mayo de 2024.
- | 2024-05-01 | Última actualización: 1 de mayo de 2024
- | 2024-05-01 | Ultima modificacion: 01-05-2024
- | 2024-05-01 | Actualizado el 1 de mayo de 2024
- | 2024-05-01 | Fecha de última revisión: 1 de mayo de 2024
- | 2024-05-01 | Fecha de la última actualización: 01.05.2024
- | 2024-05 | Última actualización: mayo de 2024
- | 2024-05 | Versión 3, mayo 2024
- | 2024-05-01 | Esta política fue modificada por última vez el 1 de mayo de 2024.
- | 2024-05-01 | Publicado el 1 de mayo de 2024
- | 2024-05-01 | Fecha de publicación: miércoles, 1 de mayo de 2024
- | 2024-09-01 | Última actualización: 1 de setiembre de 2024
- | 2024-05-01 | Actualización: 1/may/2024
- | 2024-05-01 | Última actualización: Mayo 1, 2024
""",
    "it": """
2024-05-01 | - | In vigore dal 1° maggio 2024
2024-05-01 | - | Data di entrata in vigore: 1 maggio 2024
2024-05-01 | - | La presente informativa entra in vigore il 1º maggio 2024.
2024-05-01 | - | Valido dal 01/05/2024
2024-05-01 | - | Efficace dal 1 maggio 2024
2024-05-01 | - | Decorrenza: 1 maggio 2024
2024-05-01 | - | Questi termini hanno effetto a partire dal 1 maggio 2024.
2024-05-01 | 2024-04-02 | Ultimo aggiornamento: 2 aprile 2024 - In vigore dal: 1 maggio 2024
- | 2024-05-01 | Ultimo aggiornamento: 1 maggio 2024
- | 2024-05-01 | Data ultimo aggiornamento: 01/05/2024
- | 2024-05-01 | Aggiornata al 1 maggio 2024
- | 2024-05-01 | Aggiornato il 01.05.2024
- | 2024-05-01 | Ultima modifica: mercoledì 1 maggio 2024
- | 2024-05-01 | Data dell'ultima revisione: 1 maggio 2024
- | 2024-05 | Versione aggiornata a maggio 2024
- | 2024-05 | Versione 2 - maggio 2024
- | 2024-05-01 | La presente informativa è stata aggiornata in data 1 maggio 2024.
- | 2024-05-01 | Pubblicato il 1 maggio 2024
- | 2024-05 | Ultimo aggiornamento: 05/2024
- | 2024-05-01 | Rev. 3 del 01/05/2024
""",
    "pt": """
2024-05-01 | - | Em vigor a partir de 1 de maio de 2024
2024-05-01 | - | Data de entrada em vigor: 1º de maio de 2024
2024-05-01 | - | Data de vigência: 01/05/2024
2024-05-01 | - | Esta política entra em vigor no dia 1 de maio de 2024.
2024-05-01 | - | Vigente desde 1.º de maio de 2024
2024-05-01 | - | Vigência: 01/05/2024
2024-05-01 | - | Data efetiva: 1 de maio de 2024
2024-05-01 | - | Estes termos são válidos a partir de 1 de maio de 2024.
2024-05-01 | 2024-04-02 | Última atualização: 2 de abril de 2024 | Vigência: 1 de maio de 2024
- | 2024-05-01 | Última atualização: 1 de maio de 2024
- | 2024-05-01 | Última atualização em 01/05/2024
- | 2024-05-01 | Atualizada em 1º de maio de 2024
- | 2024-05-01 | Actualizado a 1 de Maio de 2024
- | 2024-05-01 | Data da última modificação: 01-05-2024
- | 2024-05-01 | Última revisão: 01.05.2024
- | 2024-05 | Versão 2.0 – Maio de 2024
- | 2024-05-01 | Esta política foi atualizada pela última vez em 1 de maio de 2024.
- | 2024-05-01 | Publicado em 1 de maio de 2024
- | 2024-03 | Última atualização: março/2024
- | 2024-05-01 | Data da última alteração: quarta-feira, 1 de maio de 2024
""",
    "nl": """
2024-05-01 | - | Ingangsdatum: 1 mei 2024
2024-05-01 | - | Geldig vanaf 1 mei 2024
2024-05-01 | - | Deze voorwaarden treden in werking op 1 mei 2024.
2024-05-01 | - | Deze privacyverklaring is van kracht sinds 1 mei 2024.
2024-05-01 | - | Van toepassing vanaf 01-05-2024
2024-05-01 | - | Met ingang van 1 mei 2024 geldt deze privacyverklaring.
2024-05-01 | 2024-04-02 | Laatst bijgewerkt: 2 april 2024 | Ingangsdatum: 1 mei 2024
- | 2024-05-01 | Laatst bijgewerkt op: 1 mei 2024
- | 2024-05-01 | Laatste update: 01-05-2024
- | 2024-05-01 | Laatst gewijzigd op woensdag 1 mei 2024
- | 2024-05-01 | Deze privacyverklaring is voor het laatst aangepast op 1 mei 2024.
- | 2024-05-01 | Deze verklaring is op 1 mei 2024 voor het laatst gewijzigd.
- | 2024-05 | Versie mei 2024
- | 2024-05 | Versie 1.2, mei 2024
- | 2024-05-01 | Versie: 01/05/2024
- | 2024-05-01 | Datum laatste wijziging: 1 mei 2024
- | 2024-05-01 | Gepubliceerd op 1 mei 2024
- | 2024-05-01 | Opgesteld op 1 mei 2024
- | 2024-03-01 | Bijgewerkt: 1 mrt. 2024
""",
    "pl": """
2024-05-01 | - | Obowiązuje od 1 maja 2024 r.
2024-05-01 | - | Data wejścia w życie: 1 maja 2024 roku
2024-05-01 | - | Niniejsza polityka wchodzi w życie z dniem 1 maja 2024 r.
2024-05-01 | - | Regulamin obowiązujący od dnia 01.05.2024
2024-05-01 | - | Polityka prywatności ważna od 1 maja 2024
2024-05-01 | 2024-04-02 | Ostatnia aktualizacja: 2 kwietnia 2024 r. Obowiązuje od: 1 maja 2024 r.
- | 2024-05-01 | Ostatnia aktualizacja: 1 maja 2024
- | 2024-05-01 | Data ostatniej aktualizacji: 01.05.2024 r.
- | 2024-05-01 | Ostatnia zmiana: 1.05.2024
- | 2024-05-01 | Zaktualizowano: 1 maja 2024 r.
- | 2024-05-01 | Zaktualizowano dnia 1 maja 2024 r.
- | 2024-05-01 | Polityka została ostatnio zmieniona 1 maja 2024 r.
- | 2024-05-01 | Wersja z dnia 1 maja 2024 r.
- | 2024-05 | Wersja 2.0, maj 2024
- | 2024-05-01 | Data publikacji: 1 maja 2024 r.
- | 2024-05-01 | Stan na dzień 1 maja 2024 r.
- | 2024-05-01 | Aktualizacja: 2024-05-01
- | 2024-05-01 | Data: 1 V 2024
""",
    "sv": """
2024-05-01 | - | Gäller från och med den 1 maj 2024
2024-05-01 | - | Gäller fr.o.m. 1 maj 2024
2024-05-01 | - | Ikraftträdandedatum: 1 maj 2024
2024-05-01 | - | Denna policy träder i kraft den 1 maj 2024.
2024-05-01 | - | Dessa villkor gäller från 2024-05-01.
2024-05-01 | - | Giltig från: 2024-05-01
2024-05-01 | 2024-04-02 | Senast uppdaterad: 2 april 2024. Gäller från: 1 maj 2024.
- | 2024-05-01 | Senast uppdaterad: 1 maj 2024
- | 2024-05-01 | Senast uppdaterad den 1:a maj 2024
- | 2024-05-01 | Uppdaterad 2024-05-01
- | 2024-05-01 | Senast ändrad: 2024-05-01
- | 2024-05-01 | Policyn uppdaterades senast den 1 maj 2024.
- | 2024-05-01 | Denna integritetspolicy uppdaterades senast onsdagen den 1 maj 2024.
- | 2024-05 | Version: maj 2024
- | 2024-05-01 | Version 1.3, 2024-05-01
- | 2024-05-01 | Publicerad den 1 maj 2024
- | 2024-05-01 | Fastställd 2024-05-01
- | 2024-05-01 | Senaste revidering: 1 maj 2024
""",
    "tr": """
2024-05-01 | - | Yürürlük tarihi: 1 Mayıs 2024
2024-05-01 | - | Yürürlüğe giriş tarihi: 01.05.2024
2024-05-01 | - | Bu politika 1 Mayıs 2024 tarihinde yürürlüğe girer.
2024-05-01 | - | Bu koşullar 1 Mayıs 2024 tarihinden itibaren geçerlidir.
2024-05-01 | - | Geçerlilik tarihi: 01/05/2024
2024-05-01 | - | İşbu aydınlatma metni 01.05.2024 tarihi itibarıyla yürürlüktedir.
2024-05-01 | 2024-04-02 | Son güncelleme: 2 Nisan 2024 | Yürürlük: 1 Mayıs 2024
- | 2024-05-01 | Son güncelleme: 1 Mayıs 2024
- | 2024-05-01 | Son Güncelleme Tarihi: 01.05.2024
- | 2024-05-01 | Son güncellenme tarihi: 1 Mayıs 2024 Çarşamba
- | 2024-05-01 | Güncellenme Tarihi: 01/05/2024
- | 2024-05-01 | Bu politika en son 1 Mayıs 2024 tarihinde güncellenmiştir.
- | 2024-05-01 | Bu gizlilik politikası son olarak 1 Mayıs 2024'te güncellendi.
- | 2024-05 | Son güncelleme: Mayıs 2024
- | 2024-05-01 | Sürüm 2.0 - 1 Mayıs 2024
- | 2024-05-01 | Revizyon tarihi: 01.05.2024
- | 2024-05-01 | Yayınlanma tarihi: 1 Mayıs 2024
- | 2024-05-01 | Yayın Tarihi: 01.05.2024
""",
    "ru": """
2024-05-01 | - | Дата вступления в силу: 1 мая 2024 г.
2024-05-01 | - | Вступает в силу с 01.05.2024
2024-05-01 | - | Настоящая Политика вступает в силу 1 мая 2024 года.
2024-05-01 | - | Действует с 1 мая 2024 г.
2024-05-01 | - | Настоящие Условия действуют с «01» мая 2024 г.
2024-05-01 | - | Действует с: 01.05.2024 г.
2024-05-01 | 2024-04-02 | Последнее обновление: 2 апреля 2024 г. Вступает в силу: 1 мая 2024 г.
- | 2024-05-01 | Последнее обновление: 1 мая 2024 г.
- | 2024-05-01 | Последнее обновление 01.05.2024
- | 2024-05-01 | Дата последнего обновления: 1 мая 2024 года
- | 2024-05-01 | Обновлено 1 мая 2024
- | 2024-05-01 | Редакция от 01.05.2024
- | 2024-05-01 | Редакция от «1» мая 2024 года
- | 2024-05-01 | Версия от 1 мая 2024 г.
- | 2024-05-01 | Политика была изменена 1 мая 2024 г.
- | 2024-05-01 | Дата последнего изменения: 01.05.2024
- | 2024-05-01 | Дата публикации: 1 мая 2024 года
- | 2024-05-01 | Опубликовано: 01.05.24
- | 2024-05 | Последнее обновление: май 2024 г.
- | 2024-05-01 | г. Москва ¶ «01» мая 2024 г.
- | 2024-05-01 | Утверждено 1 мая 2024 г.
""",
    "zh": """
2024-05-01 | - | 生效日期:2024年5月1日
2024-05-01 | - | 本政策自2024年5月1日起生效。
2024-05-01 | - | 生效时间:2024-05-01
2024-05-01 | - | 本协议于2024年05月01日生效
2024-05-01 | - | 【生效日期】2024年5月1日
2024-05-01 | - | 本隐私政策自二〇二四年五月一日起施行
2024-05-01 | 2024-04-02 | 更新日期:2024年4月2日 生效日期:2024年5月1日
2024-05-01 | 2024-04-02 | 最近更新日期:2024年4月2日 ¶ 生效日期:2024年5月1日
2024-05-01 | 2024-04-02 | 本版本更新日期:2024年04月02日,生效日期:2024年05月01日
- | 2024-05-01 | 最后更新:2024年5月1日
- | 2024-05-01 | 最近更新时间:2024.05.01
- | 2024-05-01 | 本政策最近一次更新于2024年5月1日。
- | 2024-05-01 | 更新于 2024/5/1
- | 2024-05-01 | 最后修订日期:2024 年 5 月 1 日
- | 2024-05-01 | 版本更新日期:2024年5月1日
- | 2024-05 | 最后更新:2024年5月
- | 2024-05-01 | 发布日期:2024年5月1日
- | 2024-05-01 | 版本日期:2024年5月1日
- | 2024-05-01 | 版本号:V2.3 ¶ 更新日期:20240501
""",
    "zh-TW": """
2024-05-01 | - | 生效日期:2024年5月1日
2024-05-01 | - | 本政策自2024年5月1日起生效。
2024-05-01 | - | 自民國113年5月1日起施行
2024-05-01 | 2024-04-02 | 更新日期:2024年4月2日 ¶ 生效日期:2024年5月1日
- | 2024-05-01 | 最後更新日期:2024年5月1日
- | 2024-05-01 | 上次更新:2024 年 5 月 1 日
- | 2024-05-01 | 最後修訂於2024年5月1日
- | 2024-05-01 | 本隱私權政策最後更新於 2024/05/01
- | 2024-05-01 | 修訂日期:中華民國 113 年 5 月 1 日
- | 2024-05 | 最後更新:2024年5月
- | 2024-05-01 | 發佈日期:2024年5月1日
- | 2024-05-01 | 最近更新日期:2024年05月01日
""",
    "ja": """
2024-05-01 | - | 施行日:2024年5月1日
2024-05-01 | - | 本規約は2024年5月1日から施行します。
2024-05-01 | - | 本ポリシーは、2024年5月1日より適用されます。
2024-05-01 | - | 令和6年5月1日施行
2024-05-01 | - | 令和六年五月一日 施行
2024-05-01 | - | 発効日:2024年5月1日
2024-05-01 | 2024-04-02 | 最終更新日:2024年4月2日 ¶ 発効日:2024年5月1日
- | 2024-05-01 | 最終更新日:2024年5月1日
- | 2024-05-01 | 最終更新:2024/05/01
- | 2024-05-01 | 最終改定日:2024年5月1日
- | 2024-05-01 | 改定日 2024年5月1日
- | 2024-05-01 | 2024年5月1日 改訂
- | 2024-05-01 | 2024年5月1日最終改定
- | 2024-05-01 | 制定日:2019年4月1日 ¶ 改定日:2024年5月1日
- | 2024-05-01 | 2019年4月1日制定 ¶ 2022年3月3日改定 ¶ 2024年5月1日改定
- | 2024-05-01 | 最終更新日: 2024.5.1
- | 2024-05-01 | 更新日:2024年5月1日(水)
- | 2024-05 | 最終更新:2024年5月
- | 2024-05-01 | 公開日:2024年5月1日
- | 2024-05-01 | 2024年5月1日現在
- | 2019-04-01 | 平成31年4月1日 制定
""",
    "ko": """
2024-05-01 | - | 시행일자: 2024년 5월 1일
2024-05-01 | - | 시행일: 2024. 5. 1.
2024-05-01 | - | 이 개인정보 처리방침은 2024년 5월 1일부터 시행됩니다.
2024-05-01 | - | 본 방침은 2024년 5월 1일부터 시행합니다.
2024-05-01 | - | 이 약관은 2024년 5월 1일부터 적용됩니다.
2024-05-01 | 2024-04-02 | 공고일자: 2024년 4월 2일 / 시행일자: 2024년 5월 1일
2024-05-01 | 2024-04-02 | 공고일자 : 2024년 4월 2일 ¶ 시행일자 : 2024년 5월 1일
2024-05-01 | - | 시행일: 2024.05.01
- | 2024-05-01 | 최종 업데이트: 2024년 5월 1일
- | 2024-05-01 | 최종 수정일: 2024.05.01
- | 2024-05-01 | 마지막 업데이트: 2024년 5월 1일
- | 2024-05-01 | 최종 개정일: 2024년 5월 1일
- | 2024-05-01 | 본 방침은 2024년 5월 1일에 마지막으로 업데이트되었습니다.
- | 2024-05-01 | 개정일자 2024-05-01
- | 2024-05 | 최종 업데이트: 2024년 5월
- | 2024-05-01 | 변경일: 2024년 5월 1일
- | 2024-05-01 | 게시일: 2024년 5월 1일
""",
    "da": """
2024-05-01 | - | Gældende fra 1. maj 2024
2024-05-01 | - | Ikrafttrædelsesdato: 1. maj 2024
2024-05-01 | - | Disse vilkår træder i kraft den 1. maj 2024.
- | 2024-05-01 | Senest opdateret: 1. maj 2024
- | 2024-05-01 | Sidst opdateret d. 1. maj 2024
- | 2024-05-01 | Sidst ændret: 01.05.2024
- | 2024-05-01 | Denne politik er senest opdateret den 1. maj 2024.
- | 2024-05-01 | Opdateret den 01-05-2024
- | 2024-05 | Version 2, maj 2024
- | 2024-05-01 | Seneste opdatering: 1/5-2024
- | 2024-05-01 | Udgivet 1. maj 2024
- | 2024-05-01 | Dato: 1. maj 2024
""",
    "no": """
2024-05-01 | - | Gjelder fra 1. mai 2024
2024-05-01 | - | Ikrafttredelsesdato: 1. mai 2024
2024-05-01 | - | Disse vilkårene trer i kraft 1. mai 2024.
- | 2024-05-01 | Sist oppdatert: 1. mai 2024
- | 2024-05-01 | Sist oppdatert 01.05.2024
- | 2024-05-01 | Sist endret: 01.05.2024
- | 2024-05-01 | Denne personvernerklæringen ble sist oppdatert den 1. mai 2024.
- | 2024-05-01 | Erklæringen ble oppdatert 1. mai 2024.
- | 2024-05 | Versjon mai 2024
- | 2024-05-01 | Siste oppdatering: 1. mai 2024
- | 2024-05-01 | Publisert 1. mai 2024
- | 2024-05-01 | Dato: 1. mai 2024
""",
    "fi": """
2024-05-01 | - | Voimassa 1.5.2024 alkaen
2024-05-01 | - | Voimaantulopäivä: 1. toukokuuta 2024
2024-05-01 | - | Nämä ehdot tulevat voimaan 1.5.2024.
2024-05-01 | - | Voimassa 1. toukokuuta 2024 alkaen
- | 2024-05-01 | Päivitetty viimeksi: 1.5.2024
- | 2024-05-01 | Viimeksi päivitetty 1. toukokuuta 2024
- | 2024-05-01 | Päivitetty 1.5.2024
- | 2024-05-01 | Viimeisin päivitys: 1.5.2024
- | 2024-05-01 | Tätä selostetta on viimeksi päivitetty 1.5.2024.
- | 2024-05-01 | Laadittu 1.5.2024
- | 2024-05 | Versio: toukokuu 2024
- | 2024-05-01 | Julkaistu 1.5.2024
""",
    "cs": """
2024-05-01 | - | Účinné od 1. května 2024
2024-05-01 | - | Datum účinnosti: 1. 5. 2024
2024-05-01 | - | Tyto podmínky nabývají účinnosti dne 1. května 2024.
2024-05-01 | - | Platné od 1.5.2024
- | 2024-05-01 | Poslední aktualizace: 1. května 2024
- | 2024-05-01 | Naposledy aktualizováno: 1. 5. 2024
- | 2024-05-01 | Aktualizováno dne 1. května 2024
- | 2024-05-01 | Poslední změna: 01.05.2024
- | 2024-05 | Verze: květen 2024
- | 2024-05-01 | Zveřejněno 1. května 2024
- | 2024-05-01 | Verze 2.0 ze dne 1. května 2024
- | 2024-05-01 | Datum: 1. května 2024
""",
    "uk": """
2024-05-01 | - | Дата набрання чинності: 1 травня 2024 р.
2024-05-01 | - | Набуває чинності з 01.05.2024
2024-05-01 | - | Ця Політика набирає чинності 1 травня 2024 року.
2024-05-01 | - | Діє з 1 травня 2024 р.
- | 2024-05-01 | Останнє оновлення: 1 травня 2024 р.
- | 2024-05-01 | Оновлено: 01.05.2024
- | 2024-05-01 | Востаннє оновлено 1 травня 2024 року
- | 2024-05-01 | Дата останнього оновлення: 1 травня 2024
- | 2024-05-01 | Редакція від 01.05.2024
- | 2024-05-01 | Версія від 1 травня 2024 р.
- | 2024-05-01 | Дата публікації: 1 травня 2024 р.
- | 2024-05 | Останнє оновлення: травень 2024
""",
    "ar": """
2024-05-01 | - | تاريخ السريان: 1 مايو 2024
2024-05-01 | - | تسري هذه السياسة اعتبارًا من 1 مايو 2024.
2024-05-01 | - | تاريخ النفاذ: ١ مايو ٢٠٢٤
- | 2024-05-01 | آخر تحديث: 1 مايو 2024
- | 2024-05-01 | تاريخ آخر تحديث: 01/05/2024
- | 2024-05-01 | تم التحديث في 1 مايو 2024
- | 2024-05-01 | تم تحديث سياسة الخصوصية هذه آخر مرة في 1 مايو 2024.
- | 2024-05-01 | آخر تعديل: 2024/05/01
- | 2024-05-01 | آخر تحديث في: ١ مايو ٢٠٢٤
- | 2024-05 | آخر تحديث: مايو 2024
- | 2024-05-01 | تاريخ النشر: 1 مايو 2024
- | 2024-05-01 | آخر تحديث: 1 أيار 2024
""",
    "he": """
2024-05-01 | - | תאריך תחילה: 1 במאי 2024
2024-05-01 | - | בתוקף החל מיום 1 במאי 2024
2024-05-01 | - | נכנס לתוקף ביום 01/05/2024
- | 2024-05-01 | עודכן לאחרונה: 1 במאי 2024
- | 2024-05-01 | עדכון אחרון: 01.05.2024
- | 2024-05-01 | תאריך עדכון אחרון: 1 במאי 2024
- | 2024-05-01 | עודכן לאחרונה בתאריך 1.5.2024
- | 2024-05-01 | מדיניות זו עודכנה לאחרונה ביום 1 במאי 2024.
- | 2024-05 | עודכן לאחרונה: מאי 2024
- | 2024-05-01 | תאריך פרסום: 1 במאי 2024
- | 2024-05-01 | גרסה מיום 1.5.2024
- | 2024-05-01 | תאריך: 1 במאי 2024
""",
    "id": """
2024-05-01 | - | Tanggal berlaku: 1 Mei 2024
2024-05-01 | - | Berlaku efektif sejak 1 Mei 2024
2024-05-01 | - | Kebijakan ini mulai berlaku pada tanggal 1 Mei 2024.
- | 2024-05-01 | Terakhir diperbarui: 1 Mei 2024
- | 2024-05-01 | Diperbarui pada 1 Mei 2024
- | 2024-05-01 | Pembaruan terakhir: 01/05/2024
- | 2024-05-01 | Terakhir diubah pada 1 Mei 2024
- | 2024-05-01 | Tanggal pembaruan terakhir: 1 Mei 2024
- | 2024-05-01 | Kebijakan ini terakhir diperbarui pada tanggal 1 Mei 2024.
- | 2024-05 | Versi Mei 2024
- | 2024-05-01 | Diterbitkan pada 1 Mei 2024
- | 2024-05-01 | Tanggal: 1 Mei 2024
""",
    "vi": """
2024-05-01 | - | Ngày có hiệu lực: 01/05/2024
2024-05-01 | - | Có hiệu lực từ ngày 1 tháng 5 năm 2024
2024-05-01 | - | Chính sách này có hiệu lực kể từ ngày 01/05/2024.
- | 2024-05-01 | Cập nhật lần cuối: 01/05/2024
- | 2024-05-01 | Lần cập nhật cuối: ngày 1 tháng 5 năm 2024
- | 2024-05-01 | Cập nhật ngày 01/05/2024
- | 2024-05-01 | Cập nhật gần nhất: 1/5/2024
- | 2024-05-01 | Ngày cập nhật: 01-05-2024
- | 2024-05-01 | Chính sách này được cập nhật lần cuối vào ngày 1 tháng 5 năm 2024.
- | 2024-05 | Cập nhật: tháng 5 năm 2024
- | 2024-05-01 | Ngày ban hành: 01/05/2024
- | 2024-05-01 | Sửa đổi lần cuối: 01.05.2024
""",
    "el": """
2024-05-01 | - | Ημερομηνία έναρξης ισχύος: 1 Μαΐου 2024
2024-05-01 | - | Ισχύει από 1 Μαΐου 2024
2024-05-01 | - | Η παρούσα πολιτική τίθεται σε ισχύ την 1η Μαΐου 2024.
2024-05-01 | - | Σε ισχύ από: 01/05/2024
- | 2024-05-01 | Τελευταία ενημέρωση: 1 Μαΐου 2024
- | 2024-05-01 | Τελευταία ενημέρωση: 1η Μαΐου 2024
- | 2024-05-01 | Τελευταία τροποποίηση: 01/05/2024
- | 2024-05-01 | Ημερομηνία τελευταίας ενημέρωσης: 01.05.2024
- | 2024-05-01 | Η πολιτική ενημερώθηκε τελευταία φορά στις 1 Μαΐου 2024.
- | 2024-05 | Τελευταία ενημέρωση: Μάιος 2024
- | 2024-05-01 | Ημερομηνία δημοσίευσης: 1 Μαΐου 2024
- | 2024-05-01 | Έκδοση 2.0 - 1 Μαΐου 2024
""",
    "ro": """
2024-05-01 | - | Data intrării în vigoare: 1 mai 2024
2024-05-01 | - | În vigoare din 1 mai 2024
2024-05-01 | - | Prezenta politică intră în vigoare la data de 1 mai 2024.
2024-05-01 | - | Valabil începând cu 01.05.2024
- | 2024-05-01 | Ultima actualizare: 1 mai 2024
- | 2024-05-01 | Actualizat la 1 mai 2024
- | 2024-05-01 | Data ultimei actualizări: 01.05.2024
- | 2024-05-01 | Ultima modificare: 01/05/2024
- | 2024-05-01 | Această politică a fost actualizată ultima dată pe 1 mai 2024.
- | 2024-05 | Versiunea mai 2024
- | 2024-05-01 | Publicat la 1 mai 2024
- | 2024-05-01 | Data: 1 mai 2024
""",
    "hu": """
2024-05-01 | - | Hatályos: 2024. május 1-től
2024-05-01 | - | Hatályba lépés napja: 2024. május 1.
2024-05-01 | - | Jelen tájékoztató 2024. május 1. napján lép hatályba.
2024-05-01 | - | Érvényes: 2024.05.01-től
2024-05-01 | - | Hatályos 2024. 05. 01. napjától
- | 2024-05-01 | Utolsó frissítés: 2024. május 1.
- | 2024-05-01 | Utoljára módosítva: 2024.05.01.
- | 2024-05-01 | Frissítve: 2024. május 1.
- | 2024-05-01 | Utolsó módosítás: 2024-05-01
- | 2024-05 | Utolsó frissítés: 2024. május
- | 2024-05-01 | Közzétéve: 2024. május 1.
- | 2024-05-01 | Budapest, 2024. május 1.
""",
}

NOT_STATED = {
    "en": """
© 2024 Lumentide Ltd. All rights reserved.
Copyright 2019–2024 Lumentide. Last updated by the web team.
Lumentide complies with the California Consumer Privacy Act, effective January 1, 2020.
The California Privacy Rights Act (CPRA), which took effect on January 1, 2023, gives you more rights.
The General Data Protection Regulation applies from 25 May 2018.
Regulation (EU) 2016/679 of the European Parliament and of the Council of 27 April 2016
Directive 2002/58/EC of 12 July 2002, as amended on 25 November 2009, protects your lamps.
Commission Implementing Decision (EU) 2021/914 of 4 June 2021 on standard contractual clauses
The European Commission adopted its adequacy decision on July 10, 2023.
Lumentide certified to the Data Privacy Framework on 1 October 2023.
Our ISO 27001 certificate was issued on 3 March 2022 and is valid until 3 March 2025.
We obtained the Lamp Seal on 5 May 2021, and it was last renewed on 6 June 2023.
Lumentide was founded on 5 March 1998.
The company has been in effect the market leader since 2001.
We keep logs from January 1, 2023 to December 31, 2023.
In the 12 months before 1 January 2024 we collected the following categories of data.
The offer is valid until 31 December 2024.
The promotion applies from 1 May 2024 until 30 June 2024.
Data collected before 1 May 2024 will be erased by 31 December 2025.
Accounts that have been inactive since 1 January 2022 are closed.
Last updated 9 days ago
Updated yesterday
Last updated: 5 March
This notice becomes effective upon posting.
Changes become effective 30 days after they are posted.
The date of the last update stands at the top of this page.
The previous version of this policy, effective March 3, 2021, is available here.
Previous versions: March 3, 2021; May 5, 2019
Version in force from March 3, 2021 to April 30, 2024
See the archived policy of March 3, 2021.
To see the terms that applied before May 1, 2024, click here.
These terms replace those of March 3, 2021.
Call us at 555-2024-0501 or +1 800 01 05 2024.
Firmware version 5.1.2024 is needed to switch the lamp off.
Lamps running app version 2024.05.01 record their usage.
Registration number 01/05/2024-77, VAT ID 20240501
For example, if you buy a lamp on May 1, 2024, your warranty ends on May 1, 2026.
This section was last updated on May 1, 2024.
Section 4 (effective May 1, 2024): lamps may be returned.
Lumentide opens its new shop in Lampville on May 1, 2024.
Webinar: light and law, May 1, 2024, 10:00
News: Lumentide buys Bulbco – May 1, 2024
Lumentide Ltd, registered in Lampville on 5 March 1998 under number 1998-0305
Effective immediately, we no longer sell lamps to children born after January 1, 2010.
We had not sold any personal data as of January 1, 2024.
Between May 1, 2023 and May 1, 2024 we received 12 requests to delete.
The lamp was released on May 1, 2024.
Prices last changed on May 1, 2024.
Section 230 of the Communications Act, as amended in 1996, protects us.
Residents of Colorado have these rights as of July 1, 2023.
Your consent is valid from the day you give it, such as 05/01/2024.
""",
    "fr": """
Conformément au Règlement (UE) 2016/679 du 27 avril 2016, vous avez des droits.
Loi n° 78-17 du 6 janvier 1978 modifiée en dernier lieu le 20 juin 2018
Le RGPD est entré en vigueur le 25 mai 2018.
Décision d'exécution (UE) 2021/914 de la Commission du 4 juin 2021
Lumentide a été créée le 5 mars 1998.
Les précédentes conditions, en vigueur jusqu'au 30 avril 2024, restent consultables.
Ancienne version du 3 mars 2021
Offre valable jusqu'au 31 décembre 2024
Dernière mise à jour il y a 9 jours
Délibération n° 2020-091 du 17 septembre 2020
Ordonnance du 12 décembre 2018 prise en application de la loi
Société immatriculée le 5 mars 1998 au RCS de Lampeville
Les comptes inactifs depuis le 1er janvier 2022 sont supprimés.
""",
    "de": """
Die DSGVO gilt seit dem 25. Mai 2018.
Verordnung (EU) 2016/679 des Europäischen Parlaments und des Rates vom 27. April 2016
Bundesdatenschutzgesetz in der Fassung vom 30. Juni 2017
Durchführungsbeschluss der Kommission vom 10. Juli 2023
Urteil des EuGH vom 16. Juli 2020, Az. C-311/18
Eingetragen im Handelsregister seit dem 5. März 1998
Die bisherige Fassung vom 3. März 2021 finden Sie hier.
Diese Version galt bis zum 30. April 2024.
Das Angebot ist gültig bis 31.12.2024.
Vor dem 1. Mai 2024 geschlossene Verträge bleiben bestehen.
Gegründet am 5. März 1998 in Lampenstadt
Zuletzt aktualisiert vor 9 Tagen
Das TTDSG ist am 1. Dezember 2021 in Kraft getreten.
""",
    "es": """
Reglamento (UE) 2016/679 de 27 de abril de 2016
Ley Orgánica 3/2018, de 5 de diciembre, en vigor desde el 7 de diciembre de 2018
El RGPD entró en vigor el 25 de mayo de 2018.
Lumentide fue fundada el 5 de marzo de 1998.
Versión anterior: 3 de marzo de 2021
La oferta es válida hasta el 31 de diciembre de 2024.
Inscrita en el Registro Mercantil el 5 de marzo de 1998
Última actualización hace 9 días
Decisión de la Comisión de 10 de julio de 2023
""",
    "it": """
Regolamento (UE) 2016/679 del 27 aprile 2016
D.lgs. 30 giugno 2003, n. 196, modificato dal D.lgs. 10 agosto 2018, n. 101
Il GDPR è entrato in vigore il 25 maggio 2018.
Provvedimento del Garante dell'8 maggio 2014
Versione precedente: 3 marzo 2021
L'offerta è valida fino al 31 dicembre 2024.
Lumentide è stata fondata il 5 marzo 1998.
Ultimo aggiornamento 9 giorni fa
""",
    "pt": """
Lei nº 13.709, de 14 de agosto de 2018
A LGPD entrou em vigor em 18 de setembro de 2020.
Regulamento (UE) 2016/679 de 27 de abril de 2016
Versão anterior: 3 de março de 2021
A oferta é válida até 31 de dezembro de 2024.
A Lumentide foi fundada em 5 de março de 1998.
Atualizado há 9 dias
""",
    "nl": """
Verordening (EU) 2016/679 van 27 april 2016
De AVG is van kracht sinds 25 mei 2018.
Vorige versie: 3 maart 2021
Het aanbod is geldig tot en met 31 december 2024.
Lumentide is opgericht op 5 maart 1998.
Laatst bijgewerkt: 9 dagen geleden
Ingeschreven bij de Kamer van Koophandel op 5 maart 1998
""",
    "pl": """
Rozporządzenie (UE) 2016/679 z dnia 27 kwietnia 2016 r.
Ustawa z dnia 10 maja 2018 r. o ochronie danych osobowych
RODO obowiązuje od 25 maja 2018 r.
Poprzednia wersja: 3 marca 2021 r.
Oferta ważna do 31 grudnia 2024 r.
Spółka została założona 5 marca 1998 r.
Ostatnia aktualizacja: 9 dni temu
""",
    "sv": """
Förordning (EU) 2016/679 av den 27 april 2016
GDPR trädde i kraft den 25 maj 2018.
Tidigare version: 3 mars 2021
Erbjudandet gäller till och med den 31 december 2024.
Lumentide grundades den 5 mars 1998.
Senast uppdaterad för 9 dagar sedan
""",
    "tr": """
6698 sayılı Kanun 7 Nisan 2016 tarihinde yürürlüğe girmiştir.
7 Nisan 2016 tarihli ve 29677 sayılı Resmi Gazete
Önceki sürüm: 3 Mart 2021
Kampanya 31 Aralık 2024 tarihine kadar geçerlidir.
Lumentide 5 Mart 1998 tarihinde kurulmuştur.
Son güncelleme: 9 gün önce
""",
    "ru": """
Федеральный закон от 27.07.2006 № 152-ФЗ «О персональных данных»
Закон вступил в силу 1 сентября 2022 года.
Регламент (ЕС) 2016/679 от 27 апреля 2016 г.
Предыдущая редакция от 3 марта 2021 г.
Предложение действует до 31 декабря 2024 г.
Компания основана 5 марта 1998 года.
Обновлено 9 дней назад
""",
    "zh": """
《中华人民共和国个人信息保护法》自2021年11月1日起施行。
《网络安全法》(2017年6月1日生效)规定了您的权利。
历史版本:2021年3月3日
优惠活动有效期至2024年12月31日
公司成立于1998年3月5日。
最后更新:9天前
版权所有 © 2024 灯具公司
""",
    "ja": """
個人情報の保護に関する法律(平成15年法律第57号)
改正個人情報保護法は2022年4月1日に施行されました。
以前のバージョン:2021年3月3日
キャンペーンは2024年12月31日まで有効です。
当社は1998年3月5日に設立されました。
最終更新:9日前
© 2024 ランプ株式会社
""",
    "ko": """
개인정보 보호법은 2011년 9월 30일부터 시행되었습니다.
이전 개인정보 처리방침: 2021년 3월 3일
이벤트는 2024년 12월 31일까지 진행됩니다.
회사는 1998년 3월 5일에 설립되었습니다.
최종 업데이트: 9일 전
이전 버전 (2020년 1월 1일 ~ 2021년 3월 3일 적용)
""",
    "da": """
Forordning (EU) 2016/679 af 27. april 2016
GDPR trådte i kraft den 25. maj 2018.
Tidligere version: 3. marts 2021
Tilbuddet gælder til og med den 31. december 2024.
""",
    "no": """
Personopplysningsloven trådte i kraft 20. juli 2018.
Tidligere versjon: 3. mars 2021
Tilbudet gjelder til og med 31. desember 2024.
""",
    "fi": """
Tietosuojalaki tuli voimaan 1.1.2019.
Aiempi versio: 3.3.2021
Tarjous on voimassa 31.12.2024 asti.
""",
    "cs": """
Nařízení (EU) 2016/679 ze dne 27. dubna 2016
GDPR je účinné od 25. května 2018.
Předchozí verze: 3. března 2021
""",
    "uk": """
Закон України від 01.06.2010 № 2297-VI «Про захист персональних даних»
Попередня версія: 3 березня 2021 р.
Пропозиція діє до 31 грудня 2024 р.
""",
    "hu": """
Az Európai Parlament és a Tanács (EU) 2016/679 rendelete (2016. április 27.)
2011. évi CXII. törvény az információs önrendelkezési jogról
Az ajánlat 2024. december 31-ig érvényes.
""",
    "el": """
Ο Κανονισμός (ΕΕ) 2016/679 της 27ης Απριλίου 2016
Προηγούμενη έκδοση: 3 Μαρτίου 2021
Η προσφορά ισχύει έως 31 Δεκεμβρίου 2024.
""",
    "ro": """
Regulamentul (UE) 2016/679 din 27 aprilie 2016
Legea nr. 190 din 18 iulie 2018
Versiunea anterioară: 3 martie 2021
""",
    "ar": """
صدر النظام بمرسوم ملكي رقم م/19 بتاريخ 16 سبتمبر 2021
النسخة السابقة: 3 مارس 2021
العرض ساري حتى 31 ديسمبر 2024
""",
    "he": """
חוק הגנת הפרטיות, תיקון מיום 5 באוגוסט 2024
גרסה קודמת: 3 במרץ 2021
""",
    "id": """
Undang-Undang Nomor 27 Tahun 2022 berlaku sejak 17 Oktober 2022
Versi sebelumnya: 3 Maret 2021
Promo berlaku sampai 31 Desember 2024
""",
    "vi": """
Nghị định số 13/2023/NĐ-CP ngày 17/04/2023 có hiệu lực từ ngày 01/07/2023
Phiên bản trước: 03/03/2021
Chương trình kéo dài đến hết ngày 31/12/2024
""",
}
