package deliver

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// bucket files records into an S3 bucket, locked against deletion where the
// settings say so. A lock counts only when the server itself reports it.
type bucket struct {
	*web
	settings Settings
	access   access
	now      func() time.Time
}

func openS3(s Settings, a access) (Destination, error) {
	w, err := newWeb(s)
	if err != nil {
		return nil, err
	}
	plain := func(s string) bool {
		return strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == ""
	}
	switch {
	case s.Bucket == "" || !plain(s.Bucket) || strings.Contains(s.Bucket, "/"):
		return nil, failf(Setup, "--bucket is not the name of a bucket: %q", s.Bucket)
	case !plain(s.Path) || strings.HasPrefix(s.Path, "/") || strings.Contains("/"+s.Path+"/", "/../"):
		return nil, failf(Setup, "--path may hold letters of a to z, digits and -_./ and begins without a slash: %q", s.Path)
	case s.LockMode != "" && s.LockMode != "governance" && s.LockMode != "compliance":
		return nil, failf(Setup, "--lock-mode %q is not one of governance, compliance", s.LockMode)
	case (s.LockMode == "") != (s.LockDays == 0) || s.LockDays < 0:
		return nil, failf(Setup, "--lock-mode and --lock-days go together")
	case s.User == "":
		return nil, failf(Setup, "which access key? name it with --user; its secret is asked for")
	}
	if s.Region == "" {
		s.Region = "us-east-1" // what servers other than Amazon's are content with
	}
	d := &bucket{w, s, a, time.Now}
	w.sign = d.signature
	return d, nil
}

func (b *bucket) Readback() bool  { return true }
func (b *bucket) Hosts() []string { return []string{hostPort(b.base)} }

func (b *bucket) Close() error {
	b.client.CloseIdleConnections()
	return nil
}

// signature signs a request (AWS Signature Version 4).
func (b *bucket) signature(ctx context.Context, r *http.Request, body []byte) error {
	secret, err := b.access.secret()
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])
	r.Header.Set("X-Amz-Content-Sha256", hash)
	err = v4.NewSigner().SignHTTP(ctx, aws.Credentials{AccessKeyID: b.settings.User, SecretAccessKey: secret}, r, hash, "s3", b.settings.Region, b.now(),
		func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true })
	if err != nil {
		return failf(Setup, "the request could not be signed")
	}
	return nil
}

func (b *bucket) key(name string) string {
	if b.settings.Path == "" {
		return name
	}
	return strings.TrimSuffix(b.settings.Path, "/") + "/" + name
}

func (b *bucket) at(key, version string) string {
	address := b.base.String() + b.settings.Bucket + "/" + key
	if version != "" {
		address += "?versionId=" + url.QueryEscape(version)
	}
	return address
}

func (b *bucket) Check(ctx context.Context) error {
	// Listing is a right Put needs: without it Amazon answers 403 for what is not there.
	r, err := b.ask(ctx, http.MethodGet, b.base.String()+b.settings.Bucket+"?list-type=2&max-keys=1", nil, nil)
	if err == nil && !r.ok() {
		return s3Trouble(r, "looking at the bucket")
	}
	return err
}

func (b *bucket) Put(ctx context.Context, item Item) (Receipt, error) {
	for _, name := range item.names() {
		key := b.key(name)
		found, version, err := b.get(ctx, key, "")
		if isLost(err) {
			var taken bool
			if version, taken, err = b.store(ctx, key, item.EML); err == nil && !taken {
				return b.receipt(ctx, item, key, version)
			} else if err == nil {
				found, version, err = b.get(ctx, key, "")
			}
		}
		if isLost(err) {
			continue // taken, and not there: a server keeps the key of what was deleted
		}
		if err != nil {
			return Receipt{}, err
		}
		if _, err := item.Prove(found); err == nil {
			return b.receipt(ctx, item, key, version)
		}
	}
	return Receipt{}, failf(Conflict, "every key for the record is taken in the bucket")
}

func isLost(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Trouble == Lost
}

// store writes the object; taken says that the key is another's now. A bucket
// with object lock keeps versions: even a server that ignores If-None-Match loses
// nothing.
func (b *bucket) store(ctx context.Context, key string, content []byte) (version string, taken bool, err error) {
	sum := sha256.Sum256(content)
	header := map[string]string{
		"If-None-Match": "*", "Content-Type": "message/rfc822",
		"X-Amz-Checksum-Sha256": base64.StdEncoding.EncodeToString(sum[:]),
	}
	if b.settings.LockMode != "" {
		header["X-Amz-Object-Lock-Mode"] = strings.ToUpper(b.settings.LockMode)
		header["X-Amz-Object-Lock-Retain-Until-Date"] = b.until().Format(time.RFC3339)
	}
	r, err := b.ask(ctx, http.MethodPut, b.at(key, ""), header, content)
	switch {
	case err != nil:
		return "", false, err
	case r.status == http.StatusPreconditionFailed:
		return "", true, nil
	case !r.ok():
		return "", false, s3Trouble(r, "writing")
	}
	return r.header.Get("X-Amz-Version-Id"), false, nil
}

func (b *bucket) until() time.Time { return b.now().UTC().AddDate(0, 0, b.settings.LockDays) }

// receipt asks the server what lock it put on the object.
func (b *bucket) receipt(ctx context.Context, item Item, key, version string) (Receipt, error) {
	r, err := b.ask(ctx, http.MethodHead, b.at(key, version), nil, nil)
	if err != nil {
		return Receipt{}, err
	}
	if r.status == http.StatusNotFound {
		return Receipt{}, failf(Lost, "the server said it took the record, and the bucket does not have it")
	} else if !r.ok() {
		return Receipt{}, s3Trouble(r, "asking for the lock")
	}
	mode, until := strings.ToLower(r.header.Get("X-Amz-Object-Lock-Mode")), r.header.Get("X-Amz-Object-Lock-Retain-Until-Date")
	out := Receipt{Record: item.ID, Place: key, Version: version, Note: "not locked"}
	if mode != "" {
		out.Note = "locked until " + until + " (" + mode + ")"
	}
	if b.settings.LockMode == "" {
		return out, nil
	}
	// The record may have been filed days ago, with the lock of that day.
	end, err := time.Parse(time.RFC3339, until)
	switch {
	case err != nil || !end.After(b.now()):
		return Receipt{}, failf(Unlocked, "the server reports no lock on the record")
	case b.settings.LockMode == "compliance" && mode != "compliance":
		return Receipt{}, failf(Unlocked, "the server reports a lock of mode %q, which an administrator can lift", mode)
	}
	return out, nil
}

// get gives an object and its version; of trouble Lost where there is none.
func (b *bucket) get(ctx context.Context, key, version string) ([]byte, string, error) {
	r, err := b.ask(ctx, http.MethodGet, b.at(key, version), nil, nil)
	if err != nil {
		return nil, "", err
	}
	switch code := s3Code(r); {
	case r.ok():
		return r.body, r.header.Get("X-Amz-Version-Id"), nil
	case r.status == http.StatusNotFound && (code == "NoSuchKey" || code == "NoSuchVersion" || code == ""):
		return nil, "", failf(Lost, "the bucket does not have the record")
	}
	return nil, "", s3Trouble(r, "reading")
}

func (b *bucket) Read(ctx context.Context, r Receipt) ([]byte, error) {
	if r.Place == "" || !strings.HasPrefix(r.Place, b.key("")) {
		return nil, failf(Conflict, "the receipt names no object of this destination: %q", r.Place)
	}
	content, _, err := b.get(ctx, r.Place, r.Version)
	return content, err
}

// s3Code is the word for an error in an answer, "" where it has none.
func s3Code(r reply) string {
	var e struct{ Code string }
	if xml.Unmarshal(r.body, &e) != nil {
		return ""
	}
	return e.Code
}

func s3Trouble(r reply, doing string) *Error {
	code := s3Code(r)
	said := fmt.Errorf("%s: the server answers %d %.60q", doing, r.status, code)
	switch code {
	case "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "AuthorizationHeaderMalformed", "XAdminUserNotFound": // the last is Versity's
		return fail(Credentials, said)
	case "RequestTimeTooSkewed":
		return failf(Setup, "the clock of this computer differs from the server's")
	case "InvalidRequest", "ObjectLockConfigurationNotFoundError", "InvalidBucketState":
		return fail(Unlocked, said)
	case "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded":
		return fail(Full, said)
	case "NoSuchVersion":
		return fail(Missing, said)
	}
	return r.trouble(doing)
}
