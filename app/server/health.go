package server

import (
	"context"

	"github.com/gofiber/fiber/v2"
)

// Check is one thing that must be well before requests are sent to this server.
type Check struct {
	Name string // one word: database, policy
	Look func(ctx context.Context) error
}

// health says that the process answers.
func (s *Server) health(c *fiber.Ctx) error { return c.JSON(fiber.Map{"status": "ok"}) }

// ready says whether requests can be answered; what is wrong is for the log.
func (s *Server) ready(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), s.limits.Handler)
	defer cancel()
	status, all, found := fiber.StatusOK, "ok", fiber.Map{}
	for _, check := range s.options.Checks {
		found[check.Name] = "ok"
		if err := check.Look(ctx); err != nil {
			s.log(c, check.Name+" is not ready", err)
			status, all, found[check.Name] = fiber.StatusServiceUnavailable, "unavailable", "failed"
		}
	}
	return c.Status(status).JSON(fiber.Map{"status": all, "checks": found})
}
