// Package record makes fixed evidence of kept messages.
package record
