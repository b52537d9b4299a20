package db

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// IsUnique says whether err is the refusal of a second row with one key.
func IsUnique(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "23505"
}

// IsReadOnly says whether err is the refusal of a database that cannot be written.
func IsReadOnly(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code()&0xff == sqlite3.SQLITE_READONLY
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "25006" || pg.Code == "42501")
}

// isBusy says whether err is SQLite's refusal of a file that another connection holds.
func isBusy(err error) bool {
	var lite *sqlite.Error
	return errors.As(err, &lite) && lite.Code()&0xff == sqlite3.SQLITE_BUSY
}

// IsNoRows says whether err is that of a row that is not there.
func IsNoRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }

// translate turns what a driver says into the users' words. An error that is
// a fault already, or that no user can mend, is handed on as it is.
func translate(err error, name string) error {
	if err == nil {
		return nil
	}
	if _, ok := fault.As(err); ok {
		return err
	}
	args := lang.Args{"name": name}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return translateSQLite(err, lite, args)
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) {
		return refusedConnection(err, name)
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return translatePostgres(err, pg, args)
	}
	if isLost(err) {
		return fault.Wrap(err, fault.Internal, "db.unreachable", args)
	}
	return err
}

// isLost says whether err is that of a connection which broke.
func isLost(err error) bool {
	var broken *net.OpError
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &broken)
}

// refusedConnection says why PostgreSQL let nobody in: each reason has another remedy.
func refusedConnection(err error, name string) error {
	args := lang.Args{"name": name}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "28P01", "28000":
			return fault.Wrap(err, fault.Internal, "db.password", args)
		case "3D000":
			return fault.Wrap(err, fault.Internal, "db.absent", args)
		case "53300":
			return fault.Wrap(err, fault.Internal, "db.busy", args)
		}
	}
	return fault.Wrap(err, fault.Internal, "db.unreachable", args)
}

func translateSQLite(err error, lite *sqlite.Error, args lang.Args) error {
	if strings.Contains(lite.Error(), "steelyard: a published") {
		return fault.Wrap(err, fault.Conflict, "db.published", nil)
	}
	if lite.Code() == sqlite3.SQLITE_IOERR_SHMSIZE {
		return fault.Wrap(err, fault.Internal, "db.full", args)
	}
	switch lite.Code() & 0xff {
	case sqlite3.SQLITE_READONLY:
		return fault.Wrap(err, fault.Conflict, "db.read_only", args)
	case sqlite3.SQLITE_FULL:
		return fault.Wrap(err, fault.Internal, "db.full", args)
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return fault.Wrap(err, fault.Internal, "db.damaged", args)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fault.Wrap(err, fault.Conflict, "db.busy", args)
	case sqlite3.SQLITE_CANTOPEN:
		return fault.Wrap(err, fault.Internal, "db.unreachable", args)
	case sqlite3.SQLITE_IOERR:
		return fault.Wrap(err, fault.Internal, "db.disk", args)
	}
	return err
}

func translatePostgres(err error, pg *pgconn.PgError, args lang.Args) error {
	switch pg.Code {
	case "P5001":
		return fault.Wrap(err, fault.Conflict, "db.published", nil)
	case "25006":
		return fault.Wrap(err, fault.Conflict, "db.read_only", args)
	case "57P01", "57P02", "57P03": // it is shutting down, crashed, or starts
		return fault.Wrap(err, fault.Internal, "db.unreachable", args)
	case "53100":
		return fault.Wrap(err, fault.Internal, "db.full", args)
	case "40001", "40P01", "55P03":
		return fault.Wrap(err, fault.Conflict, "db.busy", args)
	}
	return err
}

var _ = lang.Register(map[string]lang.Text{
	"db.bad_url":     {Zh: "数据库地址无法识别；应为 SQLite 文件路径，或 postgres://用户@主机/数据库", En: "the database URL cannot be read; give the path of a SQLite file, or postgres://user@host/database"},
	"db.unreachable": {Zh: "无法连接数据库 {name}；请检查地址、权限以及数据库是否在运行", En: "the database {name} cannot be reached; check its address, your rights, and that it runs"},
	"db.no_rights":   {Zh: "没有读取数据库 {name} 的权限；请给予权限后重试", En: "you may not read the database {name}; ask for the right to, and try again"},
	"db.password":    {Zh: "数据库 {name} 拒绝了用户名或密码；请检查地址中的用户名和密码", En: "the database {name} refused the user or password; check both in its address"},
	"db.absent":      {Zh: "服务器上没有数据库 {name}；请先创建它", En: "there is no database {name} on the server; create it first"},
	"db.foreign":     {Zh: "{name} 里有其他程序的表，不是 Steelyard 的数据库；请检查地址，或给出一个空数据库", En: "{name} holds tables of another program and is no Steelyard database; check the address, or give an empty database"},
	"db.older":       {Zh: "数据库 {name} 还不是本版本的结构；请先执行 steelyard migrate", En: "the database {name} is not of this version yet; run steelyard migrate first"},
	"db.no_folder":   {Zh: "数据库文件 {path} 所在的文件夹不存在；请先创建", En: "the folder of the database file {path} does not exist; create it first"},
	"db.is_folder":   {Zh: "{path} 是文件夹，不是数据库文件", En: "{path} is a folder, not a database file"},
	"db.read_only":   {Zh: "数据库 {name} 是只读的；请给予写权限后重试，数据未被改动", En: "the database {name} is read-only; allow writing and try again, nothing was changed"},
	"db.full":        {Zh: "存放数据库 {name} 的磁盘已满；请腾出空间后重试，数据未被改动", En: "the disk of the database {name} is full; free some space and try again, nothing was changed"},
	"db.damaged":     {Zh: "{name} 不是数据库，或已损坏；请从备份恢复", En: "{name} is not a database, or it is damaged; restore it from a backup"},
	"db.disk":        {Zh: "读写数据库 {name} 时磁盘出错；请检查磁盘后重试", En: "the disk failed while the database {name} was used; check the disk and try again"},
	"db.busy":        {Zh: "数据库 {name} 正忙；请稍后重试，数据未被改动", En: "the database {name} is busy; try again in a moment, nothing was changed"},
	"db.newer":       {Zh: "数据库 {name} 由更新的版本写入（{migration}）；请使用新版本程序", En: "the database {name} was written by a newer version ({migration}); use the newer program"},
	"db.published":   {Zh: "考核期已发布，其结果和数据不能再改", En: "the period is published: its results and inputs cannot change any more"},
	"db.locked":      {Zh: "另一个程序正在做同样的事；请等它完成后重试", En: "another program is doing the same; wait until it is done and try again"},
})
