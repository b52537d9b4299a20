package auth

import (
	"github.com/gofiber/fiber/v2"

	"github.com/steelyard/steelyard/app/api"
)

// The answers below are those of the contract with the cookies set: for this host
// alone, over TLS (or from the machine itself), out of reach of scripts, and sent
// along with nothing that another site asks for.

// signedIn is the answer to whoever has signed in.
type signedIn struct {
	api.SignIn200JSONResponse

	in *SignedIn
}

// VisitSignInResponse writes the answer.
func (r signedIn) VisitSignInResponse(c *fiber.Ctx) error {
	setCookies(c, r.in)
	return r.SignIn200JSONResponse.VisitSignInResponse(c)
}

// changedPassword is the answer to whoever has changed the password.
type changedPassword struct{ in *SignedIn }

// VisitChangePasswordResponse writes the answer.
func (r changedPassword) VisitChangePasswordResponse(c *fiber.Ctx) error {
	setCookies(c, r.in)
	return c.SendStatus(fiber.StatusNoContent)
}

// redeemed is the answer to whoever has used a one-time secret.
type redeemed struct {
	api.RedeemSecret200JSONResponse

	device string
}

// VisitRedeemSecretResponse writes the answer.
func (r redeemed) VisitRedeemSecretResponse(c *fiber.Ctx) error {
	c.Cookie(cookie(DeviceCookie, r.device, keptSources.Seconds()))
	return r.RedeemSecret200JSONResponse.VisitRedeemSecretResponse(c)
}

// signedOut is the answer to whoever has signed out: what the browser keeps of the
// product goes, but for the name of the device.
type signedOut struct{}

// VisitSignOutResponse writes the answer.
func (signedOut) VisitSignOutResponse(c *fiber.Ctx) error {
	c.Cookie(cookie(SessionCookie, "", -1))
	c.Set("Clear-Site-Data", `"cache", "storage"`)
	return c.SendStatus(fiber.StatusNoContent)
}

// setCookies hands out a session's token, until the browser is closed, and the device's.
func setCookies(c *fiber.Ctx, in *SignedIn) {
	c.Cookie(cookie(SessionCookie, in.Token, 0))
	c.Cookie(cookie(DeviceCookie, in.Device, keptSources.Seconds()))
}

// cookie makes a cookie that lives some seconds; with 0 as long as the browser is open.
func cookie(name, value string, seconds float64) *fiber.Cookie {
	return &fiber.Cookie{
		Name: name, Value: value, Path: "/", Secure: true, HTTPOnly: true, SameSite: fiber.CookieSameSiteStrictMode,
		MaxAge: int(seconds), SessionOnly: seconds == 0,
	}
}
