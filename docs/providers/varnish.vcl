# Purging for Frostline: by URL, by beginning and by tag, hard or soft. How to install it: varnish.md beside this file.
#
# Include it at the top of your own VCL, after the `vcl 4.1;` line and before your own subroutines:
#
#     vcl 4.1;
#     include "/etc/varnish/frostline.vcl";
#     backend default { .host = "127.0.0.1"; .port = "8080"; }
#
# Needs Varnish 7.0 or newer, and the vmods xkey and (part of Varnish) std and purge. The secret is not in here: it is the
# environment variable FROSTLINE_SECRET of varnishd. Without it, nobody may purge.

vcl 4.1;

import std;
import purge;
import xkey;

# Who may purge, besides knowing the secret: the machines that Frostline runs on. This looks at the address that the
# connection comes from. Behind a TLS proxy on the same machine every visitor comes from 127.0.0.1, unless the proxy speaks
# the PROXY protocol to Varnish: then the secret is what keeps visitors out, so make it long.
acl frostline_purgers {
  "127.0.0.0"/8;
  "::1";
}

sub vcl_recv {
  # Only this file may set it.
  unset req.http.X-Frostline-Answer;
  if (req.method == "PURGE" || req.method == "BAN" || req.url == "/.frostline") {
    call frostline_allowed;
    # Part of the key of an object, as in the VCL that Varnish brings along.
    set req.http.Host = std.tolower(req.http.Host);
    if (req.url == "/.frostline") {
      call frostline_describe;
    }
    if (req.method == "BAN") {
      call frostline_ban;
    }
    if (req.http.X-Frostline-Tag) {
      call frostline_tag;
    }
    # A URL: it has to be looked up, so that all of its variants go. See vcl_hit and vcl_miss.
    unset req.http.Cookie;
    unset req.http.Authorization;
    return (hash);
  }
}

sub frostline_allowed {
  if (client.ip !~ frostline_purgers) {
    set req.http.X-Frostline-Answer = "refused-address";
    return (synth(403, "Not from this address"));
  }
  if (std.getenv("FROSTLINE_SECRET") == "") {
    set req.http.X-Frostline-Answer = "refused-no-secret";
    return (synth(403, "FROSTLINE_SECRET is not set"));
  }
  if (req.http.X-Frostline-Secret != std.getenv("FROSTLINE_SECRET")) {
    set req.http.X-Frostline-Answer = "refused-secret";
    return (synth(403, "Wrong secret"));
  }
  unset req.http.X-Frostline-Secret;
}

# What this VCL can do. Without the vmod xkey, delete its import, frostline_tag with its call above, and this ", tags".
sub frostline_describe {
  set req.http.X-Frostline-Answer = "paths, prefixes, tags";
  return (synth(200, "Frostline"));
}

# Everything below a beginning of a URL, of this host. Bans are tested as objects are asked for, and by Varnish's ban
# lurker in between, since they only look at obj.*. How many objects match is not known. A ban is always hard.
sub frostline_ban {
  if (std.ban("obj.http.X-Frostline-Host == " + req.http.Host + " && obj.http.X-Frostline-Url ~ ^"
      + regsuball(req.url, "([][{}()*+?.^$|\\])", "\\\1"))) {
    set req.http.X-Frostline-Answer = "banned";
    return (synth(200, "Banned"));
  }
  set req.http.X-Frostline-Answer = "failed: " + std.ban_error();
  return (synth(500, "The ban was not taken"));
}

# Every object with a tag, of every host of this Varnish.
sub frostline_tag {
  if (req.http.X-Frostline-Soft) {
    set req.http.X-Frostline-Answer = "gone=" + xkey.softpurge(std.tolower(req.http.X-Frostline-Tag));
  } else {
    set req.http.X-Frostline-Answer = "gone=" + xkey.purge(std.tolower(req.http.X-Frostline-Tag));
  }
  return (synth(200, "Purged"));
}

# Every variant of one URL. Soft keeps the copy for its grace: one more visitor gets it while the new one is fetched.
sub frostline_url {
  if (req.http.X-Frostline-Soft) {
    set req.http.X-Frostline-Answer = "gone=" + purge.soft(0s);
  } else {
    set req.http.X-Frostline-Answer = "gone=" + purge.hard();
  }
  return (synth(200, "Purged"));
}

sub vcl_hit {
  if (req.method == "PURGE") {
    call frostline_url;
  }
}

sub vcl_miss {
  if (req.method == "PURGE") {
    call frostline_url;
  }
}

# Varnish remembers that this URL is never stored: there is nothing to purge.
sub vcl_pass {
  if (req.method == "PURGE") {
    set req.http.X-Frostline-Answer = "gone=0";
    return (synth(200, "Purged"));
  }
}

sub vcl_synth {
  if (req.http.X-Frostline-Answer) {
    # By this header Frostline knows that this file answered, and not a backend that says 200 to everything.
    set resp.http.X-Frostline = "1";
    set resp.http.X-Frostline-Answer = req.http.X-Frostline-Answer;
    set resp.http.Cache-Control = "no-store";
    set resp.body = resp.reason + {"
"};
    return (deliver);
  }
}

sub vcl_backend_response {
  # What bans look at.
  set beresp.http.X-Frostline-Url = bereq.url;
  set beresp.http.X-Frostline-Host = std.tolower(bereq.http.Host);
  # The vmod xkey reads tags from the header xkey. Spelt in small letters, since it tells them apart. After a 304 the stored
  # headers are in beresp already, so they would be added again.
  if (!beresp.was_304) {
    std.collect(beresp.http.Cache-Tag);
    std.collect(beresp.http.Surrogate-Key);
    std.collect(beresp.http.xkey);
    set beresp.http.xkey = std.tolower(regsuball(
      beresp.http.Cache-Tag + " " + beresp.http.Surrogate-Key + " " + beresp.http.xkey, "[\s,]+", ","));
    set beresp.http.xkey = regsuball(beresp.http.xkey, "^,|,$", "");
    if (beresp.http.xkey == "") {
      unset beresp.http.xkey;
    }
  }
}

sub vcl_deliver {
  # The header xkey stays: by it Frostline knows which tags a purge reaches.
  unset resp.http.X-Frostline-Url;
  unset resp.http.X-Frostline-Host;
}
