// Package wire bounds how long one connection may take: whoever sends or reads
// at a crawl is cut off, whoever keeps moving is not, however much there is.
package wire

import (
	"io"
	"net"
	"sync/atomic"
	"time"
)

// Limits bound one request on a connection.
type Limits struct {
	Grace time.Duration // that every request and every answer has, whatever its size
	Rate  int           // bytes a second that prolong it
}

// Listen gives a listener whose connections keep to the limits. The deadlines
// that a server sets mark where a request or an answer begins.
func Listen(l net.Listener, limits Limits) net.Listener { return &listener{l, limits} }

type listener struct {
	net.Listener
	limits Limits
}

func (l *listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c, limits: l.limits}, nil
}

// conn moves its deadlines with what was read and written.
type conn struct {
	net.Conn
	limits Limits
	in     budget
	out    budget

	closing atomic.Bool
}

// budget is the time one direction has left: from a start, more with every byte.
type budget struct {
	start atomic.Int64 // nanoseconds; 0 while nobody has set a deadline
	moved atomic.Int64 // bytes since
}

func (b *budget) begin(deadline time.Time) {
	b.moved.Store(0)
	if deadline.IsZero() {
		b.start.Store(0)
		return
	}
	b.start.Store(time.Now().UnixNano())
}

// until is the deadline as of now; false while there is none, or while the first one stands.
func (b *budget) until(l Limits) (time.Time, bool) {
	start, moved := b.start.Load(), b.moved.Load()
	if start == 0 || moved < int64(l.Rate) {
		return time.Time{}, false
	}
	earned := time.Duration(moved/int64(l.Rate)) * time.Second
	return time.Unix(0, start).Add(l.Grace + earned), true
}

// SetReadDeadline begins to wait for a request.
func (c *conn) SetReadDeadline(t time.Time) error {
	c.in.begin(t)
	return c.Conn.SetReadDeadline(t)
}

// SetWriteDeadline begins an answer.
func (c *conn) SetWriteDeadline(t time.Time) error {
	c.out.begin(t)
	return c.Conn.SetWriteDeadline(t)
}

func (c *conn) Read(p []byte) (int, error) {
	if t, ok := c.in.until(c.limits); ok {
		if err := c.Conn.SetReadDeadline(t); err != nil {
			return 0, err
		}
	}
	n, err := c.Conn.Read(p)
	c.in.moved.Add(int64(n))
	return n, err
}

// piece is what is written under one deadline.
const piece = 64 << 10

func (c *conn) Write(p []byte) (written int, err error) {
	for len(p) > 0 {
		if t, ok := c.out.until(c.limits); ok {
			if err := c.Conn.SetWriteDeadline(t); err != nil {
				return written, err
			}
		}
		n, err := c.Conn.Write(p[:min(piece, len(p))])
		written += n
		c.out.moved.Add(int64(n))
		if err != nil {
			return written, err
		}
		p = p[n:]
	}
	return written, nil
}

// How long, and for how many bytes, a sender is heard out after the connection was
// closed on our side.
const (
	lingering    = 2 * time.Second
	lingeringFor = 64 << 20
)

// Close ends the connection in such a way that whoever is still sending can read the
// answer: a connection that is closed while bytes come in is reset, and the answer is
// lost with it. What still comes is thrown away, for a while; nobody waits for that.
func (c *conn) Close() error {
	half, ok := c.Conn.(interface{ CloseWrite() error })
	if !ok || !c.closing.CompareAndSwap(false, true) || half.CloseWrite() != nil {
		return c.Conn.Close()
	}
	if err := c.Conn.SetReadDeadline(time.Now().Add(lingering)); err != nil {
		return c.Conn.Close()
	}
	go func() {
		_, _ = io.CopyN(io.Discard, c.Conn, lingeringFor) // that it ends early is what is waited for
		_ = c.Conn.Close()
	}()
	return nil
}
