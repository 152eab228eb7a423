package gateway

import "net/http"

// route is one operation. openapi.json describes each; a test compares the two.
type route struct {
	pattern string
	roles   Role // any of them may; 0: everybody
	content bool // it gives content away: written into the audit trail first
	handle  func(*call) error
}

var routes = []route{
	{"GET /v1/health", 0, false, (*call).health},
	{"GET /v1/openapi.json", 0, false, (*call).openAPI},
	{"GET /v1/key", 0, false, (*call).key},
	{"GET /v1/log/checkpoint", 0, false, (*call).static},
	{"GET /v1/log/tile/{path...}", 0, false, (*call).static},

	{"GET /v1/me", Keeper | Officer | Auditor | Administrator, false, (*call).me},
	{"POST /v1/devices", Keeper, false, (*call).enrol},
	{"GET /v1/devices", Keeper | Administrator, false, (*call).devices},
	{"DELETE /v1/devices/{device}", Keeper | Administrator, false, (*call).revoke},
	{"PUT /v1/files/{digest}", Keeper, false, (*call).putFile},
	{"PUT /v1/records/{id}", Keeper, false, (*call).putRecord},
	{"GET /v1/records/{id}/receipt", Keeper | Officer | Auditor, false, (*call).receipt},

	{"GET /v1/records", Officer, true, (*call).list},
	{"GET /v1/records/{id}", Officer, true, (*call).getRecord},
	{"GET /v1/records/{id}/eml", Officer, true, (*call).getEML},
	{"GET /v1/files/{digest}", Officer, true, (*call).getFile},
	{"PUT /v1/holds/{hold}", Officer, false, (*call).putHold},
	{"GET /v1/holds", Officer | Auditor, false, (*call).holds},
	{"GET /v1/holds/{hold}", Officer | Auditor, false, (*call).getHold},
	{"POST /v1/holds/{hold}/records", Officer, false, (*call).addToHold},
	{"POST /v1/holds/{hold}/release", Officer, false, (*call).releaseHold},
	{"PUT /v1/packages/{package}", Officer, true, (*call).putPackage},
	{"GET /v1/packages", Officer | Auditor, false, (*call).packages},
	{"GET /v1/packages/{package}", Officer | Auditor, false, (*call).getPackage},
	{"GET /v1/packages/{package}/parts/{part}", Officer, true, (*call).getPart},

	{"GET /v1/audit", Auditor | Administrator, false, (*call).audit},
	{"GET /v1/metrics", Auditor | Administrator, false, (*call).metrics},
	{"POST /v1/check", Auditor | Administrator, false, (*call).check},
	{"POST /v1/rebuild", Administrator, false, (*call).rebuild},
}

func (g *Gateway) route() {
	g.mux, g.routes = http.NewServeMux(), map[string]*route{}
	for i := range routes {
		rt := &routes[i]
		g.routes[rt.pattern] = rt
		g.mux.HandleFunc(rt.pattern, func(w http.ResponseWriter, r *http.Request) {
			c := w.(*routed).c
			c.w, c.r = w.(*routed).ResponseWriter, r
			if err := c.run(rt); err != nil {
				c.writeProblem(c.w, r, err)
			}
		})
	}
}

func (c *call) run(rt *route) error {
	if rt.content { // no trail, no content
		if err := c.trail(rt.pattern, c.r.URL.RequestURI()); err != nil {
			return err
		}
	}
	return rt.handle(c)
}
