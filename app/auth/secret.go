package auth

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
)

// secretBytes is how long tokens and secrets are: 256 bits.
const secretBytes = 32

// newSecret draws a token or secret: 43 characters of base64url.
func (s *Service) newSecret() (string, error) {
	b := make([]byte, secretBytes)
	if _, err := io.ReadFull(s.options.Random, b); err != nil {
		return "", fmt.Errorf("drawing a secret: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

// sum is what is kept of a token or secret.
func sum(secret string) []byte {
	digest := sha256.Sum256([]byte(secret))
	return digest[:]
}

// shortDigest names a token where people read it. It is of its SHA-256, and says nothing of the token.
func shortDigest(sum []byte) string {
	again := sha256.Sum256(sum)
	return hex.EncodeToString(again[:8])
}

// keyOf is the key of something that is counted or known: it is not read back.
func keyOf(kind string, parts ...string) string {
	h := sha256.New()
	for _, part := range append([]string{kind}, parts...) {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return kind + ":" + hex.EncodeToString(h.Sum(nil))
}

// wellFormed says whether a token may be one of ours; nothing else is looked up.
func wellFormed(token string) bool {
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	return err == nil && len(b) == secretBytes
}
