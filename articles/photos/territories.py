"""Names of territories as picture agencies write them: "AUSTRIA OUT", "OUT UK", "nicht in der Schweiz".

Data: English names, the German and French ones that differ, and codes that stand for a territory.
"""

import re

# In capitals only: "us", "it" and "in" are words.
CODES = (
    "UK", "U.K.", "GB", "GBR", "US", "U.S.", "USA", "U.S.A.", "IRL", "ROI", "UAE", "EU", "GER", "DEU", "BRD", "AUT",
    "SUI", "CHE", "FRA", "ITA", "ESP", "NED", "NLD", "BEL", "LUX", "POL", "CZE", "SVK", "HUN", "DEN", "DNK", "SWE", "NOR",
    "FIN", "JPN", "CHN", "AUS", "NZ", "NZL", "CAN", "MEX", "BRA", "ARG", "RSA", "GSA", "DACH", "D/A/CH",
)  # fmt: skip
_NAMES = """
Afghanistan|Albania|Algeria|Andorra|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain|Bangladesh
Barbados|Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia|Botswana|Brazil|Brunei|Bulgaria|Burkina Faso|Burundi|Cambodia
Cameroon|Canada|Cape Verde|Chad|Chile|China|Colombia|Congo|Costa Rica|Croatia|Cuba|Cyprus|Czech Republic|Czechia|Denmark
Djibouti|Dominica|Dominican Republic|East Timor|Ecuador|Egypt|El Salvador|England|Eritrea|Estonia|Eswatini|Ethiopia|Fiji
Finland|France|Gabon|Gambia|Germany|Ghana|Great Britain|Britain|Greece|Grenada|Guatemala|Guinea|Guyana|Haiti|Honduras
Hong Kong|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Republic of Ireland|Northern Ireland|Israel|Italy|Ivory Coast
Jamaica|Japan|Jordan|Kazakhstan|Kenya|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein
Lithuania|Luxembourg|Macau|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Mauritania|Mauritius|Mexico|Moldova|Monaco
Mongolia|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nepal|Netherlands|The Netherlands|Holland|New Zealand|Nicaragua
Niger|Nigeria|North Korea|North Macedonia|Macedonia|Norway|Oman|Pakistan|Palestine|Panama|Papua New Guinea|Paraguay|Peru
Philippines|Poland|Portugal|Puerto Rico|Qatar|Romania|Russia|Rwanda|San Marino|Saudi Arabia|Scotland|Senegal|Serbia
Seychelles|Sierra Leone|Singapore|Slovakia|Slovenia|Somalia|South Africa|South Korea|Korea|South Sudan|Spain|Sri Lanka
Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Togo|Trinidad|Tunisia|Turkey|Türkiye
Turkmenistan|Uganda|Ukraine|United Arab Emirates|United Kingdom|United States|United States of America|Uruguay|Uzbekistan
Vatican|Venezuela|Vietnam|Wales|Yemen|Zambia|Zimbabwe|Africa|Asia|Europe|European Union|North America|South America
Latin America|Middle East|Scandinavia|Benelux|Nordics|Nordic countries|Baltics|Balkans|South Tyrol|Catalonia|Quebec|Québec
Ägypten|Australien|Belgien|Brasilien|Bulgarien|Dänemark|Deutschland|Estland|Finnland|Frankreich|Griechenland|Großbritannien
Grossbritannien|Indien|Irland|Island|Italien|Japan|Kanada|Kroatien|Lettland|Litauen|Luxemburg|Mexiko|Niederlande
Neuseeland|Norwegen|Österreich|Oesterreich|Polen|Rumänien|Russland|Schweden|Schweiz|Serbien|Slowakei|Slowenien|Spanien|Südafrika
Südtirol|Tschechien|Türkei|Ungarn|Vereinigtes Königreich|Vereinigte Staaten|Zypern|Europa|Skandinavien|Allemagne|Angleterre|Autriche
Belgique|Brésil|Chine|Danemark|Espagne|États-Unis|Etats-Unis|Finlande|Grande-Bretagne|Grèce|Hongrie|Inde|Irlande|Islande|Italie|Japon
Luxembourg|Maroc|Mexique|Norvège|Pays-Bas|Pologne|Roumanie|Royaume-Uni|Russie|Suède|Suisse|Tchéquie|Tunisie|Turquie
"""
NAMES = tuple(
    sorted({n for line in _NAMES.split("\n") for n in line.split("|") if n}, key=len)[::-1]
)
# One territory, and several in a row: "UK, Ireland and Austria".
PLACE = (
    rf"(?:(?:{'|'.join(re.escape(code) for code in sorted(CODES, key=len, reverse=True))})(?![\w.])"
    rf"|(?i:(?:the |der |die |den |la |le |les |l['’])?(?:{'|'.join(map(re.escape, NAMES))}))(?!\w))"
)
# Atomic: of thousands in a row none is tried twice. White space is even (instructions.clauses).
_AND = r"(?: ?[,/&+] ?(?i:(?:and|or|und|oder|et|ou) )?| (?i:and|or|und|oder|et|ou) | )"
PLACES = rf"(?>{PLACE}(?:{_AND}{PLACE}){{0,20}})"
