// Package config names what can be configured: each setting is a flag of the
// command line and a variable of the environment, and a flag goes first.
package config

// Config holds the settings that every command has.
type Config struct {
	// DB is the path of a SQLite file, or the postgres:// URL of a database.
	DB string `name:"db" placeholder:"URL" default:"steelyard.db" config:"STEELYARD_DB"`
	// Lang is the language of messages; empty for that of the locale.
	Lang string `name:"lang" placeholder:"zh|en" enum:"zh,en," default:"" config:"STEELYARD_LANG"`
	// JSON makes a command that a program may read print JSON.
	JSON bool `name:"json"`
	// TimeZone is the bank's: instants are shown in it, and its calendar says which day it is.
	TimeZone string `name:"time-zone" placeholder:"ZONE" default:"Asia/Shanghai" config:"STEELYARD_TIME_ZONE"`
	// As is the user with whose rights a command is done; empty for the operator of the machine.
	As string `name:"as" placeholder:"USER" default:"" config:"STEELYARD_AS"`
	// Verbose shows what lies behind an error.
	Verbose bool `name:"verbose" config:"STEELYARD_VERBOSE"`
}

// Tag is the key of the struct tag that names a setting's variable in the environment.
const Tag = "config"
