package deliver

import (
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"testing"
)

// apache is a real WebDAV server of its own on loopback.
type apache struct {
	url, plain, ca string
	files          string // the folder behind /records/
}

func startApache(t *testing.T) *apache {
	t.Helper()
	program := needServer(t, "apache2", "/usr/sbin/apache2")
	uid, as := os.Geteuid(), ""
	if uid == 0 {
		u, err := user.Lookup("nobody")
		if err != nil {
			t.Fatal(err)
		}
		uid, _ = strconv.Atoi(u.Uid)
		as = fmt.Sprintf("User nobody\nGroup #%d\n", gidOf(t, "nobody"))
	}
	dir := serverDir(t, uid)
	files := filepath.Join(dir, "www", "records")
	for _, d := range []string{files, filepath.Join(files, "shut"), filepath.Join(dir, "lock")} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(d, uid, -1); err != nil {
			t.Fatal(err)
		}
	}
	certFile, keyFile := certificate(t, dir)
	hash := sha1.Sum([]byte(testSecret))
	writeFile(t, dir, "passwd", "%s:{SHA}%s\n", testUser, base64.StdEncoding.EncodeToString(hash[:]))
	plain, tls := freePort(t), freePort(t)
	modules := ""
	for _, m := range []string{"mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "dav", "dav_fs", "ssl", "socache_shmcb", "alias"} {
		modules += fmt.Sprintf("LoadModule %[1]s_module /usr/lib/apache2/modules/mod_%[1]s.so\n", m)
	}
	config := writeFile(t, dir, "apache.conf", `
ServerRoot %[1]s
ServerName 127.0.0.1
PidFile %[1]s/pid
DefaultRuntimeDir %[1]s
ErrorLog /dev/stderr
LogLevel error
%[2]s%[3]s
Listen 127.0.0.1:%[4]s
Listen 127.0.0.1:%[5]s
DocumentRoot %[1]s/www
DavLockDB %[1]s/lock/db
<Directory %[1]s/www>
 Require all denied
</Directory>
<Location /records/>
 Dav On
 AuthType Basic
 AuthName records
 AuthBasicProvider file
 AuthUserFile %[1]s/passwd
 Require valid-user
</Location>
<Location /records/shut/>
 Require all denied
</Location>
<Location /records/small/>
 LimitRequestBody 1000
</Location>
Redirect /moved/ https://elsewhere.example/
<VirtualHost 127.0.0.1:%[5]s>
 SSLEngine on
 SSLCertificateFile %[6]s
 SSLCertificateKeyFile %[7]s
</VirtualHost>
`, dir, modules, as, plain, tls, certFile, keyFile)
	start(t, "127.0.0.1:"+tls, program, "-X", "-f", config)
	return &apache{url: "https://127.0.0.1:" + tls + "/", plain: "http://127.0.0.1:" + plain + "/", ca: certFile, files: files}
}

func (a *apache) settings() Settings {
	return Settings{Name: "files", Kind: "webdav", URL: a.url + "records/", CA: a.ca, User: testUser}
}
