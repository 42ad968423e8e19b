"""Secrets that are not assigned: written after a service's name, or handed to a program."""

from launchready.catalog.kinds import Kind, Pattern

# Services that know a caller by a key alone. Names that are common words elsewhere are left out.
_SERVICES = """
abuseipdb accuweather adafruit agora airbrake airship aiven alchemy algolia amplitude apify apollo
appcenter appfollow applovin appoptics appsflyer artsy asana assemblyai auth0 autodesk aviationstack
ayrshare bannerbear baremetrics beamer beebole besnappy betterstack bigcommerce bitbar bitly bitmex
blogger bombbomb brightcove browserstack buddyns bugherd bugsnag buildkite calendarific calendly
campaignmonitor canva capsulecrm carboninterface chartmogul chatfuel checkvist clarifai clearbit
clickhouse clickup clockify cloudconvert cloudflare cloudinary cloudmersive cloudways codacy
codeclimate codecov codemagic cohere coinapi coinbase coinmarketcap configcat contentful convertkit
copper coveralls crowdin cryptocompare currencylayer currencyscoop customerio d7network dailyco
databox datadog deepgram deepseek detectlanguage dialpad dnsimple documo doppler drift dronahq
dropbox dwolla dynatrace easypost ebay edamam elevenlabs etherscan eventbrite everhour exchangerate
expo extractorapi facebook fastly figma fileio finnhub firebase fixer flightapi flightstats
flutterwave formbucket formcraft formio foursquare freshbooks freshdesk fullstory gengo geoapify
geocodify geoipify getgeoapi getresponse gitter glassnode gocardless goodreads googlemaps grafana
graphcms groq gumroad guru happyscribe harvest helpscout heroku holidayapi honeybadger honeycomb
hubspot huggingface humanity hunter iconfinder imagga imgbb imgur infura instamojo intercom intrinio
ipapi ipdata ipgeolocation ipify ipinfo iterable jumpcloud keycdn kickbox klaviyo kraken
languagelayer lastfm launchdarkly lemlist linenotify linkedin livechat loadmill logdna loggly
lokalise looker loyverse madkudu mailboxlayer mailchimp mailerlite mailgun mailjet mailmodo mailsac
mailtrap mandrill mapbox mapquest marketstack mattermost mediastack meraki messagebird microcms
mixpanel mockaroo mollie mongodb moosend moralis nasa neo4j netlify neutrinoapi newrelic newsapi
newscatcher nightfall nimble notion numverify nylas okta onelogin onesignal openai opencage
opencagedata opencorporates openrouter openweather openweathermap opsgenie optimizely owlbot
packagecloud pagerduty pandadoc pandascore pastebin paydirtapp paystack pdfshift pendo percy pinata
pinecone pingdom pipedrive pivotaltracker plaid planetscale polygon postageapp posthog postmark
powerbi prodpad protocolsio pubnub purestake pushbullet pusher quickbooks rapidapi readme
reallysimplesystems rebrandly refiner replicate resend revai revenuecat ringcentral riotgames
rollbar runscope salesblink salesforce satismeter saucelabs scaleway scalingo scrapeowl scraperapi
scrapfly scrapingbee screenshotapi screenshotlayer securitytrails sendbird sendgrid sendinblue
sentry serpapi serpstack sherpadesk shipday shippo shodan shopify shortcut signaturit signupgenius
simvoly sinch skrapp slack smartsheets smartystreets snipcart snyk sonar sourcegraph sparkpost
speechtext splunk spoonacular spotify spotinst stackhawk statuscake statuspage statuspal stormglass
storyblok strava stripe stytch supabase survicate swell tallyfy tatum taxjar teamgate teamwork
tefter telnyx text2data textmagic thenewsapi ticketmaster tickettailor tiingo timezoneapi tinypng
todoist tomorrowio tomtom tradier travelpayouts travisci trello twelvedata twilio twitch twitter
tyntec typeform ubidots uclassify unsplash upcdatabase uplead uploadcare upstash uptimerobot urlscan
userstack vatlayer vercel versioneye virustotal visualcrossing voicegain vonage vpnapi vultr
walkscore weatherapi weatherbit weatherstack webex webflow webscraper wepay whoxy workato
worldweather wrike yelp yousign youtube zapier zendesk zenrows zenscrape zenserp zerobounce zipapi
zipbooks zipcodeapi zipcodebase zonka zoominfo zuplo
"""
_NAMES = "|".join(sorted(_SERVICES.split(), reverse=True))
_WORD = (
    r"(?:[_\-. ]{0,3}(?:api|app|access|private|auth|service|user)){0,2}"
    r"(?:[_\-. ]{0,3}(?:secret|token|key|private|access)){1,2}"
)

# Programs that are handed a password, each with how. What stands between is a part of one line.
_ARGUMENTS = r"[ \t](?:[^\n;|&]{0,160}[ \t\"'])?"
_SHORT = r"(?-i:-p)[ \t]{1,4}[\"']?"
_CURL = (
    rf"curl(?:\.exe)?{_ARGUMENTS}(?:-u|--user|-U|--proxy-user)[ \t=]{{0,4}}[\"']?"
    r"[^\s:\"'$<{]{1,80}:"
)
_OPENERS = (
    _CURL,
    rf"(?:mysql|mysqladmin|mysqldump|mysqlimport|mariadb|mariadb-dump){_ARGUMENTS}(?-i:-p)[\"']?",
    r"sshpass[ \t]{1,4}(?-i:-p)[ \t]{0,4}[\"']?",
    rf"redis-cli{_ARGUMENTS}-a[ \t]{{1,4}}[\"']?",
    rf"(?:docker|podman|helm registry)[ \t]login{_ARGUMENTS}{_SHORT}",
    rf"psexec(?:\.exe|64)?{_ARGUMENTS}{_SHORT}",
    rf"(?:ldapsearch|ldapadd|ldapmodify|ldapwhoami){_ARGUMENTS}-w[ \t]{{1,4}}[\"']?",
    r"(?:-passin|-passout|-pass)[ \t]{1,4}[\"']?pass:",
)
_OPENED = "|".join(_OPENERS)
_PLAINLY_OPENED = _OPENED.replace("(?-i:-p)", "-p")

SPOKEN = (
    Kind(
        id="command-line-password",
        title="Password on a command line",
        opens="log in where the command does",
        revoke="Set a new password, and hand it over in a file or the environment: every process "
        "of the machine can read a command line.",
        format=Pattern(
            regex=rf"(?<![A-Za-z0-9_])(?i:{_OPENED})"
            r"(?P<secret>[^\s\"'`$<>{}]{4,128})",
            anchor=rf"(?:{_PLAINLY_OPENED})[^\s\"'`$<>{{}}]{{4}}",
            literals=(
                "curl", "mysql", "mariadb", "sshpass", "-cli", " login", "psexec", "ldap", "-pass",
            ),
            samples=(
                "curl -u deploy:{alnum:20} https://git.{lower:8}.com",
                "mysqldump -h db -u app -p{alnum:20} shop",
                "sshpass -p {alnum:20} ssh ann@web1",
            ),
            is_caseless=True,
            is_password=True,
        ),
        reference="https://curl.se/docs/manpage.html#-u",
        is_often_invented=True,
    ),
    Kind(
        id="named-service-key",
        title="Key of a named service",
        opens="call that service in your name and at your cost",
        revoke="Issue a new key in the settings of the service that the name before it speaks of, "
        "and revoke this one.",
        format=Pattern(
            regex=rf"(?<![A-Za-z0-9])(?<!--)(?i:{_NAMES})(?i:{_WORD})[^A-Za-z0-9\r\n=:]{{1,6}}"
            r"(?P<secret>[A-Za-z0-9][A-Za-z0-9_\-.+/]{15,120}={0,2})(?![A-Za-z0-9_+/=\-])",
            anchor=rf"(?:{_NAMES}){_WORD}[^A-Za-z0-9\r\n=:]{{1,6}}"
            r"[A-Za-z0-9][A-Za-z0-9_\-.+/]{15}",
            literals=("key", "token", "secret", "access", "private"),
            samples=("# tomtom key {alnum:32}", "Shodan secret token {alnum:32}"),
            is_caseless=True,
            checksum="issued",
            is_contextual=True,
        ),
        reference="https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
        is_often_invented=True,
    ),
)  # fmt: skip
