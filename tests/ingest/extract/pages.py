"""Pages as servers really send them: walls, shells and errors, and articles that talk about those."""

from __future__ import annotations

from tests.ingest.extract.makers import PROSE, page

NAVIGATION = (
    '<header><a href="/">Example</a><nav><ul>'
    + "".join(
        f'<li><a href="/{i}">{name}</a></li>' for i, name in enumerate(("Docs", "Blog", "Pricing", "About", "Careers"))
    )
    + "</ul></nav></header>"
)
FOOTER = "<footer><p>© 2026 Example Inc.</p><a href='/terms'>Terms</a> <a href='/privacy'>Privacy policy</a></footer>"

CLOUDFLARE = page(
    title="Just a moment...",
    head='<meta http-equiv="refresh" content="390"><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/jsch/v1"></script>',
    body='<div class="main-wrapper"><div class="main-content"><noscript><div class="h2"><span id="challenge-error-text">Enable'
    " JavaScript and cookies to continue</span></div></noscript></div></div><script>window._cf_chl_opt={cvId:'3'};</script>",
)
CLOUDFLARE_BLOCK = page(
    title="Attention Required! | Cloudflare",
    body="<h1>Sorry, you have been blocked</h1><h2>You are unable to access example.com</h2><h2>Why have I been blocked?</h2>"
    "<p>This website is using a security service to protect itself from online attacks. The action you just performed"
    " triggered the security solution. There are several actions that could trigger this block including submitting a"
    " certain word or phrase, a SQL command or malformed data.</p><h2>What can I do to resolve this?</h2><p>You can email"
    " the site owner to let them know you were blocked. Please include what you were doing when this page came up and the"
    " Cloudflare Ray ID found at the bottom of this page.</p><p>Cloudflare Ray ID: 8a1b2c3d</p>",
)
SORRY = page(
    title="https://www.google.com/search?q=pods",
    body='<form id="captcha-form" action="index" method="post"><script src="https://www.google.com/recaptcha/enterprise.js">'
    '</script><div id="recaptcha" class="g-recaptcha"></div></form><div>About this page<br><br>Our systems have detected'
    " unusual traffic from your computer network. This page checks to see if it's really you sending the requests, and not a"
    " robot. <a href='#'>Why did this happen?</a></div>",
)
DATADOME = page(
    title="example.com",
    body='<p id="cmsg">Please enable JS and disable any ad blocker</p><script>var dd={"host":"geo.captcha-delivery.com"}</script>'
    '<script src="https://ct.captcha-delivery.com/c.js"></script>',
)
ACCESS_DENIED = page(
    title="Access Denied",
    body='<h1>Access Denied</h1>You don\'t have permission to access "http://www.example.com/" on this server.<p>Reference'
    " #18.2d351ab8.1557333295.a4e16ab<p>https://errors.edgesuite.net/18.2d351ab8",
)
PRESS_AND_HOLD = page(
    title="Access to this page has been denied",
    body='<div id="px-captcha"></div><h1>Press & Hold to confirm you are a human (and not a bot).</h1><p>Reference ID 7d2f</p>',
)
LOGIN = page(
    title="Sign in to Example",
    body=f"{NAVIGATION}<main><h1>Sign in</h1><form action='/session'><label>Username or email address</label><input name=login>"
    "<label>Password</label><input type='password' name='password'><a href='/reset'>Forgot password?</a><button>Sign in"
    f"</button></form><p>New to Example? <a href='/join'>Create an account</a></p></main>{FOOTER}",
)
SSO = page(
    title="Login - Confluence",
    body="<h2>Log in to your account</h2><p>You need to log in to see this page. Log in with Google or Microsoft.</p>",
)
MEMBERS = page(
    title="Members only",
    body=f"{NAVIGATION}<p>This story is for members. Sign in to continue reading, or create an account today.</p>",
)
SOFT_404 = page(
    title="Page not found | Example",
    body=f"{NAVIGATION}<main><h1>Page not found</h1><p>Sorry, the page you are looking for does not exist or has been moved. Try"
    f" the search, or go back to the <a href='/'>home page</a>.</p></main>{FOOTER}",
)
SOFT_404_JOKE = page(
    title="404 - Example Docs",
    body=f"{NAVIGATION}<h1>Oops! You seem to be lost.</h1><p>We can't find the page that you asked for. Our bad.</p>{FOOTER}",
)
SOFT_404_REPOSITORY = page(
    title="Not Found",
    body="<h1>Not Found</h1><p>The requested URL was not found on this server. The document may have been removed.</p>",
)
PARKED = page(
    title="example-roadmap.com",
    body="<h1>example-roadmap.com</h1><p>This domain is for sale! Buy this domain today, or make an offer. The owner lists it"
    " with us.</p><h3>Related searches</h3><ul><li><a href='/1'>Online courses</a></li><li><a href='/2'>Cloud hosting</a></li></ul>",
)
PARKED_SCRIPT = page(
    title="example.net",
    body='<div id="target"></div><script src="https://img.sedoparking.com/js/jquery.js"></script><p>Resources and information.</p>',
)
NGINX = page(
    title="Welcome to nginx!",
    body="<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working."
    " Further configuration is required.</p><p><em>Thank you for using nginx.</em></p>",
)
COOKIES = page(
    title="Before you continue",
    body="<div role='main'><h1>Before you continue</h1><p>We use cookies and data to deliver and maintain our services, and to"
    " track outages.</p><p>If you choose to accept all, we and our 842 partners will also use cookies to develop new services"
    " and to show personalised ads, depending on your settings.</p><p>If you choose to reject all, we will not use cookies for"
    " these additional purposes. You can change your consent at any time in the privacy settings.</p><p>Select more options"
    " to see additional information about our vendors and their legitimate interest.</p><button>Accept all</button></div>",
)
REACT = page(
    title="Example Academy",
    head='<script defer src="/static/js/main.8f3c.js"></script>',
    body='<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>',
)
NEXT = page(title="Learn", body='<div id="__next"></div><script src="/_next/static/chunks/main.js"></script>')
SPINNER = page(title="Docs", body="<div class='loader'>Loading…</div><script src='/app.js'></script>")
NEEDS_JS = page(
    title="Course",
    body="<h1>Course</h1><p>This site requires JavaScript. Please turn on JavaScript in your browser and reload the page to"
    " see the lessons of this course.</p><script src='/a.js'></script>",
)
SHORT = page(title="Moved", body=f"{NAVIGATION}<p>This page has moved.</p>{FOOTER}")

ABOUT_CAPTCHAS = page(
    title="How CAPTCHAs work",
    head='<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
    body=f"{NAVIGATION}<article><h1>How CAPTCHAs work</h1><p>A CAPTCHA asks you to verify you are human. {PROSE}</p>"
    f"<p>The box says that you are not a robot. {PROSE}</p><p>{PROSE}</p></article>{FOOTER}",
)
ABOUT_404 = page(
    title="404 Not Found: how to serve it well",
    body=f"{NAVIGATION}<article><h1>404 Not Found: how to serve it well</h1><p>The page that was asked for does not exist."
    f" {PROSE}</p><p>{PROSE}</p><p>{PROSE}</p></article>{FOOTER}",
)
ABOUT_LOGINS = page(
    title="Login with OpenID Connect",
    body=f"{NAVIGATION}<form><input type=password placeholder='Password'><button>Log in</button></form><article><h1>Login with"
    f" OpenID Connect</h1><p>You must log in to the provider first. {PROSE}</p><p>{PROSE}</p><p>{PROSE}</p></article>",
)
ABOUT_COOKIES = page(
    title="Cookies and sessions",
    body=f"<article><h1>Cookies and sessions</h1><p>A session often lives in cookies. {PROSE}</p><p>{PROSE}</p></article>",
)
WITH_BANNER = page(
    title="Scheduling",
    body="<div class='cookie-banner'><p>We use cookies to improve your experience. Accept all cookies or manage your consent in"
    f" the privacy settings.</p><button>Accept</button></div><main><h1>Scheduling</h1><p>{PROSE}</p></main>",
)
WITH_SCRIPTS = page(
    title="Scheduling",
    body=f"<div id='root'><main><h1>Scheduling</h1><p>{PROSE}</p><p>It needs JavaScript for the diagrams only.</p></main></div>"
    "<script src='/a.js'></script><noscript>Please enable JavaScript</noscript>",
)
SHORT_ENTRY = page(
    title="sidecar",
    body="<main><h1>sidecar</h1><p>A container that runs next to the main container of a Pod, shares its network and its volumes,"
    " and adds something to it such as a proxy.</p></main>",
)
