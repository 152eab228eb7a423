package deliver

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"syscall"
)

// Trouble is why a record is not there. The record stays in the vault and is
// tried again, whatever the trouble.
type Trouble string

// The kinds of trouble; their words are in advice.
const (
	Unreachable Trouble = "unreachable" // no connection
	Interrupted Trouble = "interrupted" // the line was cut, or the answer took too long
	Certificate Trouble = "certificate" // the server is not who it should be
	Credentials Trouble = "credentials" // signing in failed
	Denied      Trouble = "denied"      // signed in, not allowed
	Missing     Trouble = "missing"     // the folder, mailbox or bucket is not there
	Full        Trouble = "full"        // disk full or quota used up
	Conflict    Trouble = "conflict"    // something else has the record's name
	Lost        Trouble = "lost"        // the server said it took the record, and it is not there
	Differs     Trouble = "differs"     // what was read back is not what was kept
	Refused     Trouble = "refused"     // the server does not take this record
	Unlocked    Trouble = "unlocked"    // stored, but not locked against deletion
	Setup       Trouble = "setup"       // the destination is set up wrongly
)

// ofPlace tells whether the next record would meet the same trouble.
func (t Trouble) ofPlace() bool {
	switch t {
	case Unreachable, Interrupted, Certificate, Credentials, Denied, Missing, Full, Setup:
		return true
	}
	return false
}

// Advice says in English or French what to do; it ends without a full stop.
func (t Trouble) Advice(lang string) string {
	if lang == "fr" {
		return advice[t][1]
	}
	return advice[t][0]
}

var advice = map[Trouble][2]string{
	Unreachable: {"check the network and the server's name; it is tried again by itself", "vérifiez le réseau et le nom du serveur ; un nouvel essai aura lieu de lui-même"},
	Interrupted: {"it is tried again by itself; nothing is lost", "un nouvel essai aura lieu de lui-même ; rien n'est perdu"},
	Certificate: {"do not go on by another way; ask the administrator of the server, or name its authority with --ca", "n'insistez pas par un autre moyen ; demandez à l'administrateur du serveur, ou indiquez son autorité avec --ca"},
	Credentials: {"sign in anew: hanaper destination add with the same name", "identifiez-vous de nouveau : hanaper destination add avec le même nom"},
	Denied:      {"ask the owner of the place for the right to write and read there", "demandez au responsable du lieu le droit d'y écrire et d'y lire"},
	Missing:     {"make it, or name another with hanaper destination add", "créez-le, ou indiquez-en un autre avec hanaper destination add"},
	Full:        {"make room there or ask its administrator; it is tried again by itself", "libérez de la place ou demandez à l'administrateur ; un nouvel essai aura lieu de lui-même"},
	Conflict:    {"move away what is there under the record's name", "déplacez ce qui porte là-bas le nom du document"},
	Lost:        {"tell the administrator of the place; it is tried again by itself", "signalez-le à l'administrateur du lieu ; un nouvel essai aura lieu de lui-même"},
	Differs:     {"tell the administrator of the place, and file the record elsewhere meanwhile", "signalez-le à l'administrateur du lieu, et classez le document ailleurs entre-temps"},
	Refused:     {"file the record elsewhere, or ask the administrator why it is refused", "classez le document ailleurs, ou demandez à l'administrateur la raison du refus"},
	Unlocked:    {"ask the administrator to switch on object lock for the bucket", "demandez à l'administrateur d'activer le verrouillage des objets du compartiment"},
	Setup:       {"correct it with hanaper destination add", "corrigez-le avec hanaper destination add"},
}

// Error is why a record is not there. Its text names the trouble and what to do;
// it holds no text of the record and no credentials.
type Error struct {
	Trouble Trouble
	Err     error
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s: %v: %s", e.Trouble, e.Err, e.Trouble.Advice("en"))
}

func (e *Error) Unwrap() error { return e.Err }

func fail(t Trouble, err error) *Error { return &Error{t, err} }

func failf(t Trouble, format string, a ...any) *Error { return fail(t, fmt.Errorf(format, a...)) }

// explain finds the trouble in an error of the network or the file system;
// otherwise is that of errors it does not know.
func explain(err error, otherwise Trouble) *Error {
	var own *Error
	var dns *net.DNSError
	var op *net.OpError
	var cert *tls.CertificateVerificationError
	var host x509.HostnameError
	var timeout net.Error
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &cert), errors.As(err, &host), errors.As(err, new(x509.UnknownAuthorityError)):
		return fail(Certificate, err)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return fail(Interrupted, err)
	case errors.As(err, &dns), errors.As(err, &op) && op.Op == "dial":
		return fail(Unreachable, err)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return fail(Full, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fail(Denied, err)
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return fail(Missing, err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.As(err, &timeout) && timeout.Timeout():
		return fail(Interrupted, err)
	}
	return fail(otherwise, err)
}
