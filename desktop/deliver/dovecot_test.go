package deliver

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// dovecot is a real IMAP server of its own on loopback, one for the whole run.
type dovecot struct {
	plain, tls string // host:port
	ca         string
	mail       string // Maildir of ann@dept.example
}

const testUser = "ann@dept.example"

// testToken is the one access token the server's authority knows.
const testToken = "token-1"

func startDovecot(t *testing.T, quota string) *dovecot {
	t.Helper()
	program := needServer(t, "dovecot", "/usr/sbin/dovecot")
	uid, me := os.Geteuid(), "nobody"
	if uid == 0 { // it lets nobody log in as root
		u, err := user.Lookup(me)
		if err != nil {
			t.Fatal(err)
		}
		uid, _ = strconv.Atoi(u.Uid)
	} else if u, err := user.Current(); err == nil {
		me = u.Username
	}
	dir := serverDir(t, uid)
	certFile, keyFile := certificate(t, dir)
	tokens := httptest.NewServer(http.HandlerFunc(introspect))
	t.Cleanup(tokens.Close)
	d := &dovecot{plain: "127.0.0.1:" + freePort(t), tls: "127.0.0.1:" + freePort(t), ca: certFile, mail: filepath.Join(dir, "mail")}
	writeFile(t, dir, "passwd", "%s:{PLAIN}%s::::::\n", testUser, testSecret)
	writeFile(t, dir, "oauth2", "introspection_url = %s/?token=\nintrospection_mode = get\nusername_attribute = user\nactive_attribute = active\nactive_value = true\n", tokens.URL)
	users := ""
	if os.Geteuid() != 0 {
		users = fmt.Sprintf("default_internal_user = %s\ndefault_login_user = %s\nservice imap-login {\n chroot =\n}\nservice anvil {\n chroot =\n}\n", me, me)
	}
	config := writeFile(t, dir, "dovecot.conf", `
base_dir = %[1]s/run
state_dir = %[1]s/run
log_path = /dev/stderr
info_log_path = /dev/null
auth_failure_delay = 0
protocols = imap
mail_location = maildir:%[1]s/mail
mail_uid = %[2]s
mail_gid = %[3]d
first_valid_uid = 1
first_valid_gid = 1
auth_mechanisms = plain oauthbearer xoauth2
disable_plaintext_auth = no
ssl = yes
ssl_cert = <%[4]s
ssl_key = <%[5]s
%[6]s
passdb {
 driver = passwd-file
 args = %[1]s/passwd
 mechanisms = plain
}
passdb {
 driver = oauth2
 mechanisms = oauthbearer xoauth2
 args = %[1]s/oauth2
}
userdb {
 driver = static
 args = uid=%[2]s gid=%[3]d home=%[1]s/home
}
service imap-login {
 inet_listener imap {
  address = 127.0.0.1
  port = %[7]s
 }
 inet_listener imaps {
  address = 127.0.0.1
  port = %[8]s
 }
}
service anvil {
 unix_listener anvil-auth-penalty {
  mode = 0
 }
}
service stats {
 unix_listener stats-writer {
  mode = 0666
 }
}
mail_plugins = quota
plugin {
 quota = maildir:User quota
 quota_rule = *:storage=%[9]s
}
`, dir, me, gidOf(t, me), certFile, keyFile, users, port(d.plain), port(d.tls), quota)
	start(t, d.plain, program, "-F", "-c", config)
	return d
}

func gidOf(t *testing.T, name string) int {
	u, err := user.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	gid, _ := strconv.Atoi(u.Gid)
	return gid
}

func port(addr string) string { return addr[strings.LastIndexByte(addr, ':')+1:] }

// introspect is the authority that Dovecot asks about access tokens (RFC 7662).
func introspect(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	answer := map[string]any{"active": "false"}
	if r.FormValue("token") == testToken {
		answer = map[string]any{"active": "true", "user": testUser}
	}
	_ = json.NewEncoder(w).Encode(answer)
}

func (d *dovecot) settings() Settings {
	return Settings{Name: "mailbox", Kind: "imap", Server: d.tls, Path: "INBOX", CA: d.ca, User: testUser}
}

// count counts the record's copies in the Maildir itself.
func (d *dovecot) count(t *testing.T, item Item) int { return countFiles(t, d.mail, item) }

// take removes a record from the Maildir itself.
func (d *dovecot) take(t *testing.T, r Receipt) error {
	return filepath.WalkDir(d.mail, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err == nil && strings.Contains(string(raw), "Message-ID: "+Item{ID: r.Record}.MessageID()) {
			err = os.Remove(path)
		}
		return err
	})
}
