package server

import (
	"context"
	"errors"
	"net"
	"syscall"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// Listen opens an address such as 127.0.0.1:8080; port 0 is any free one.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	if _, _, err := net.SplitHostPort(address); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "server.bad_address", lang.Args{"address": address})
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fault.Wrap(err, fault.Conflict, "server.port_in_use", lang.Args{"address": address})
	case errors.Is(err, syscall.EACCES):
		return nil, fault.Wrap(err, fault.Conflict, "server.port_refused", lang.Args{"address": address})
	case err != nil:
		return nil, fault.Wrap(err, fault.Invalid, "server.no_address", lang.Args{"address": address})
	}
	return listener, nil
}

func badPublicURL(err error, value string) error {
	return fault.Wrap(err, fault.Invalid, "server.bad_public_url", lang.Args{"value": value})
}

var _ = lang.Register(map[string]lang.Text{
	"server.bad_address":    {Zh: "监听地址 {address} 无法识别；应为 主机:端口，例如 127.0.0.1:8080", En: "the address {address} cannot be read; give host:port, such as 127.0.0.1:8080"},
	"server.port_in_use":    {Zh: "{address} 已被其他程序占用；请用 --listen 换一个端口，或先停止那个程序", En: "{address} is in use by another program; choose another port with --listen, or stop that program"},
	"server.port_refused":   {Zh: "没有权限监听 {address}；请用 --listen 换一个 1024 以上的端口", En: "listening on {address} is not allowed; choose a port above 1024 with --listen"},
	"server.no_address":     {Zh: "无法监听 {address}；请检查主机名和端口", En: "{address} cannot be listened on; check the host and the port"},
	"server.bad_public_url": {Zh: "公开网址“{value}”无法识别；应如 https://scores.bank.example，不带路径", En: "the public URL {value} cannot be read; write it as https://scores.bank.example, without a path"},
})
