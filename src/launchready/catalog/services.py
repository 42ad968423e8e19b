"""Services that know a caller by a key alone, and what their keys look like.

The names are what a variable, a comment or a note calls the service. Names that are common words
elsewhere are left out: what stands after them is seldom a key.
"""

SERVICES = """
abuseipdb accuweather adafruit agora ai21 aikido airbrake airship aiven alchemy algolia
amplitude anypoint apifonica apify apilayer apimetrics apitemplate apollo appcenter appcircle
appfollow applovin appointedd appoptics appsflyer appsynergy artifactory artsy asana assemblyai
atlassian audd auth0 autodesk autoklose avaza aviationstack axonaut ayrshare bannerbear
baremetrics beamer beebole besnappy besttime betterstack bigcommerce bitbar bitbucket bitly
bitmex blazemeter blitapp blocknative blogger bombbomb boostnote borgbase brightcove
browserstack browshot bscscan buddyns budibase bugherd bugsnag buildkite bulbul buttercms caflou
calendarific calendly campaignmonitor campayn cannyio canva capsulecrm captaindata
carboninterface centralstationcrm chartmogul chatfuel checio checkvist circleci clarifai
clearbit clickbank clickhouse clickup cliengo clockify closecrm cloudconvert cloudflare
cloudinary cloudmersive cloudplan cloudsight cloudsmith cloudways cloverly codacy codeclimate
codecov codemagic codequiry coderabbit cohere coinapi coinbase coinlayer coinlib coinmarketcap
collect2 commercejs configcat confluent contentful convertapi convertkit copper countrylayer
coveralls crowdin cryptocompare currencyfreaks currencylayer currencyscoop customer.io
customerio d7network dailyco dareboost databox datadog debounceio deepgram deepseek delighted
detectify detectlanguage deviantart dialpad diffbot diggernaut dnsimple docparser documo doppler
drift dronahq droneci dropbox dwolla dynalist dynatrace dyspatch eagleeyenetworks easypost ebay
ecostruxureit edamam elevenlabs etherscan ethplorer eventbrite everhour exchangerate
exchangerates expo extractorapi facebook facepp fastforex fastly feedier figma fileio finage
findl finnhub firebase fixer flickr flightapi flightstats flutterwave formbucket formcraft
formio foursquare freshbooks freshdesk fullstory fxmarket gengo geoapify geocodify geocodio
geoipify getemail getgeoapi getgist getresponse giphy gitter glassnode gocardless goodday
goodreads googlemaps grafana graphcms graphhopper greptile groq gumroad guru gyazo happyscribe
harvest hellosign helpscout heroku hiveage holidayapi honeybadger honeycomb html2pdf hubspot
huggingface humanity hunter hybiscus iconfinder iexapis iexcloud imagekit imagga imgbb imgur
infracost infura insightly instabot instamojo intercom interseller intrinio ip2location ipapi
ipdata ipgeolocation ipify ipinfo ipinfodb ipqualityscore ipstack iterable jfrog jotform
jumpcloud jupiterone keenio keycdn kickbox klaviyo klipfolio knapsackpro kontent kraken kylas
languagelayer lastfm launchdarkly leadfeeder lemlist lessannoyingcrm lexigram linenotify
linkedin linkpreview livechat loadmill logdna loggly loginradius logz logzio lokalise looker
loyverse madkudu mailboxlayer mailchimp mailerlite mailersend mailgun mailjet mailmodo mailsac
mailtrap mandrill mapbox mapquest marketstack mattermost mavenlink maxmind mediastack meraki
mesibo messagebird metrilo microcms mixmax mixpanel mockaroo mollie mongodb monkeylearn
moonclerk moosend moralis myintervals nasa neo4j netcore netlify neutrinoapi newrelic newsapi
newscatcher nftport nicereply nightfall nimble notion nozbe nozbeteams nuget numverify nylas
nytimes oanda okta ollama onelogin onesignal onfleet openai opencage opencagedata opencorporates
openrouter openuv openweather openweathermap opsgenie optimizely overloop owlbot packagecloud
pagerduty pandadoc pandascore paperform parseur partnerstack pastebin paydirt paydirtapp
paymongo paystack pdflayer pdfshift pendo peopledatalabs pepipost percy pinata pinecone pingdom
pipedrive pivotaltracker pixabay plaid planetscale planyo podio pollsapi polygon postageapp
posthog postmark powerbi powrbot prodpad prospectcrm protocolsio proxycrawl pubnub purestake
pushbullet pusher pyowm qase qualaroo qubole quickbooks rapidapi rawg razorpay readme
reallysimplesystems rebrandly refiner replicate replyio requestfinance resend restpack revai
revenuecat ringcentral riotgames rocketreach rollbar route4me runscope salesblink salescookie
salesforce salesmate satismeter saucelabs scaleway scalingo scrapeowl scraperapi scraperbox
scrapestack scrapfly scrapingant scrapingbee screenshotapi screenshotlayer scrutinizer
securitytrails selectpdf semaphoreci sendbird sendgrid sendinblue sentry serpapi serphouse
serpstack sherpadesk shipday shippo shodan shopify shortcut shotstack shutterstock signaturit
signupgenius simfin simplesat simplynoted simvoly sinch skrapp slack smartsheets smartystreets
smooch snipcart snyk sonar sonarcloud sonarqube sourcegraph sparkpost speechtext splunk
spoonacular sportsmonk spotify spotinst squarespace sslmate stackhawk statuscake statuspage
statuspal stitchdata stockdata storecove stormboard stormglass storyblok strava stripe stripo
stytch supabase supernotes surveybot surveysparrow survicate swell swiftype tallyfy tatum taxjar
teamgate teamwork teamworkcrm teamworkdesk teamworkspaces tefter teletype telnyx text2data
textmagic thenewsapi theoddsapi ticketmaster tickettailor tiingo timecamp timezoneapi timezonedb
tinypng tmetric todoist toggl tomorrowio tomtom tradier transferwise travelpayouts travisci
trello truenas twelvedata twilio twitch twitter twitterapi tyntec typeform ubidots uclassify
unplugg unsplash upcdatabase uplead uploadcare upstash uptimerobot upwave urlscan userflow
userstack vatlayer vbout vercel verimail veriphone versioneye virustotal visualcrossing
voicegain vonage vpnapi vultr wakatime walkscore wandb weatherapi weatherbit weatherstack
web3storage webex webflow webscraper webscraping wepay whoxy wistia workato workstack
worldcoinindex worldweather wpengine wrike yandex yelp youneedabudget yousign youtube zapier
zendesk zenkit zenrows zenscrape zenserp zeplin zerobounce zhipu zipapi zipbooks zipcodeapi
zipcodebase zonka zonkafeedback zoominfo zuplo
"""
"""Told where a word such as `key`, `token` or `secret` stands between the name and the key."""

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_MIXED = r"(?=[0-9A-Za-z]{0,31}[0-9])[0-9A-Za-z]{32}"
SHAPED: dict[str, str] = {
    r"[0-9a-f]{32}": "apilayer assemblyai clarifai fixerio flickr ip2location ipstack knapsackpro "
    "linkpreview moonclerk openuv rawg rollbar scraperapi statuspal survicate theoddsapi "
    "tomtom twelvedata tyntec vatlayer walkscore wpengine zenserp",
    r"[0-9a-f]{40}": "buttercms cloudsmith deepgram docparser geocodify lokalise meraki nicereply "
    "parseur scrutinizer stormboard tiingo wandb",
    r"[0-9a-f]{64}": "campayn mavenlink mesibo qubole virustotal",
    _UUID: "ai21 blazemeter blocknative bugsnag cloudmersive codecov findl "
    "holidayapi kontent kylas launchdarkly loginradius nftport opsgenie postmark refiner runscope "
    "squarespace statuspage transferwise wakatime zipcodebase",
    _MIXED: "chartmogul mailjet openweathermap pepipost pyowm scrapestack",
    r"b_[0-9A-Za-z=_\-/]{44}": "beamer",
}
"""Regular expressions of keys that are told right after the service's name, by what names have."""
